// SPDX-License-Identifier: Apache-2.0

/// What went wrong with an object or with the folder of objects: a sentence that names it and the
/// cure.
public struct ArtifactError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of failure it is.
  public struct Code: RawRepresentable, Sendable, Hashable {
    /// The code's spelling.
    public let rawValue: String
    /// A code from its spelling.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// The store has no such object.
    public static let missing = Code(rawValue: "missing")
    /// The bytes no longer have the digest they are stored under.
    public static let corrupted = Code(rawValue: "corrupted")
    /// What should be stored cannot be read, or is not a regular file.
    public static let unreadable = Code(rawValue: "unreadable")
    /// The folder cannot be written.
    public static let unwritable = Code(rawValue: "unwritable")
  }

  /// What kind of failure it is.
  public let code: Code
  /// The whole sentence.
  public let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
