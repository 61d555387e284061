// SPDX-License-Identifier: Apache-2.0
/// Types a column can have after reading (float32 widens to double, all integers to Int64).
public enum ColumnType: String, Sendable, Hashable, Codable { case boolean, integer, real }
/// The values of one column for a block of events.
public enum ColumnValues: Sendable { case booleans([Bool]), integers([Int64]), reals([Double]) }
/// A column of a block. offsets is nil for one value per event, else events + 1 long, from 0.
public struct Column: Sendable {
  public let values: ColumnValues
  public let offsets: [Int]?
  public init(values: ColumnValues, offsets: [Int]? = nil) {
    self.values = values
    self.offsets = offsets
  }
}
/// What a file says of one of its columns. storedType is the file's own name of the type ("float").
public struct ColumnDescription: Sendable, Hashable {
  public let name: String
  public let type: ColumnType
  public let storedType: String
  public let isCollection: Bool
  public init(name: String, type: ColumnType, storedType: String, isCollection: Bool) {
    self.name = name
    self.type = type
    self.storedType = storedType
    self.isCollection = isCollection
  }
}
/// A run of consecutive events, columns by name.
public struct EventBlock: Sendable {
  public let count: Int
  public let columns: [String: Column]
  public init(count: Int, columns: [String: Column]) {
    self.count = count
    self.columns = columns
  }
}
/// An open event file: what columns it has, and blocks of them in order.
public protocol EventReader {
  var entryCount: Int { get }
  var columns: [ColumnDescription] { get }
  /// Columns for a range of entries; unknown names, lengths that differ from the tree's and broken
  /// bytes are EventFileError.
  func read(_ names: [String], entries: Range<Int>) throws -> EventBlock
}
/// A way event files are stored. Named in YAML, never sniffed.
public protocol EventFormat: Sendable {
  /// The name YAML uses: "root".
  static var name: String { get }
  /// tree: for formats with several tables in a file; nil takes the only one, or is an error.
  func open(_ path: String, tree: String?) throws -> any EventReader
}
