// SPDX-License-Identifier: Apache-2.0
import GRDB

/// What a registry could not do, as a sentence that names the thing and the cure.
public struct RegistryError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What sort of trouble it is; decides exit code and HTTP status.
  public enum Code: String, Sendable {
    /// What was asked for isn't in the registry.
    case notFound
    /// Another process held SQLite's lock for longer than the time-out.
    case busy
    /// The file is not a registry, or is damaged.
    case corrupt
    /// The folder or the file can't be written.
    case unwritable
    /// The registry was made by a newer version of this program.
    case newerSchema
    /// A condition or an SQL statement that isn't understood or isn't allowed.
    case invalidQuery
    /// What was to be stored breaks an invariant, and nothing was changed.
    case refused
  }

  /// What sort of trouble it is.
  public let code: Code
  /// The sentence.
  public let description: String

  /// An error from its code and its sentence.
  public init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}

extension RegistryError {
  /// SQLite's error in our words: the constraint's or trigger's message is kept, the arguments
  /// (which may hold private data) are not.
  init(_ error: DatabaseError, in file: String) {
    let told = error.message ?? "SQLite error \(error.resultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        .busy, "\(file) is locked by another process (\(told)); try again when it has ended")
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      self.init(.corrupt, "\(file) is not a readable registry (\(told)); restore it from a backup")
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_FULL, .SQLITE_IOERR:
      self.init(
        .unwritable, "\(file) can't be written (\(told)); check its folder's owner and free space")
    case .SQLITE_CONSTRAINT:
      self.init(.refused, "\(file) refused a row: \(told)")
    case .SQLITE_INTERRUPT:
      self.init(.invalidQuery, "the query was stopped: it took too long")
    default:
      self.init(.corrupt, "\(file): \(told)")
    }
  }
}
