// SPDX-License-Identifier: Apache-2.0

/// Types a column can have after reading: float32 widens to double, all integers to Int64.
public enum ColumnType: String, Sendable, Hashable, Codable {
  case boolean, integer, real
}

/// The values of one column for a block of events, all elements of all events in order.
public enum ColumnValues: Sendable {
  case booleans([Bool])
  case integers([Int64])
  case reals([Double])
}

/// A column of a block.
public struct Column: Sendable {
  /// All values, those of a collection one event after the other.
  public let values: ColumnValues
  /// nil for one value per event; else where each event's values begin and the last one's end:
  /// events + 1 long, ascending from 0.
  public let offsets: [Int]?

  /// A column of values, with offsets if it is a collection's.
  public init(values: ColumnValues, offsets: [Int]? = nil) {
    self.values = values
    self.offsets = offsets
  }
}

/// What a file says of one of its columns.
public struct ColumnDescription: Sendable, Hashable {
  /// The name to read it by.
  public let name: String
  /// The type its values have after reading; meaningless when it isn't readable.
  public let type: ColumnType
  /// The file's own name of the type ("float", "int32_t[10]").
  public let storedType: String
  /// Whether an event has any number of values.
  public let isCollection: Bool
  /// Whether this version can read it; reading one that isn't is an error that names storedType.
  public let isReadable: Bool
  /// Whether it holds texts, which only `EventReader.texts` reads: expressions have none.
  public let isText: Bool

  /// A description with all its parts.
  public init(
    name: String, type: ColumnType, storedType: String, isCollection: Bool, isReadable: Bool = true,
    isText: Bool = false
  ) {
    self.name = name
    self.type = type
    self.storedType = storedType
    self.isCollection = isCollection
    self.isReadable = isReadable
    self.isText = isText
  }
}
