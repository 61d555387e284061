// SPDX-License-Identifier: Apache-2.0

/// An array of a file of arrays (.npz, HDF5), read from front to back or at any place.
protocol FlatArray: AnyObject {
  var name: String { get }
  /// The numbers; nil for something else.
  var number: StoredNumber? { get }
  /// What it holds, for messages, if these are no numbers.
  var typeName: String { get }
  /// Lengths of its dimensions, none for a single value.
  var shape: [Int] { get }
  /// Whether its first index runs fastest.
  var isFortranOrder: Bool { get }
  /// How many numbers it has.
  var count: Int { get }
  /// Values from one place to another, which lie in the array.
  func values(_ range: Range<Int>, _ number: StoredNumber) throws -> ColumnValues
}
