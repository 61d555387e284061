// SPDX-License-Identifier: Apache-2.0

/// A run of consecutive events, columns by name.
public struct EventBlock: Sendable {
  /// How many events.
  public let count: Int
  /// The columns that were asked for.
  public let columns: [String: Column]

  /// A block of events.
  public init(count: Int, columns: [String: Column]) {
    self.count = count
    self.columns = columns
  }
}

/// An open event file: what columns it has, and blocks of them in order.
///
/// A reader keeps what it has decompressed last, so that reading on from where the last block ended
/// costs no byte twice; any other order is right too, and slower. It belongs to one task at a time.
///
/// ```swift
/// let reader = try ROOTFormat().open("events.root", tree: nil)
/// for start in stride(from: 0, to: reader.entryCount, by: 4096) {
///   let entries = start..<min(start + 4096, reader.entryCount)
///   let block = try reader.read(["MET_pt", "Jet_pt"], entries: entries)
///   // block.columns["Jet_pt"] has the transverse momenta of all jets of these events, and offsets
/// }
/// ```
public protocol EventReader {
  /// How many events the file has.
  var entryCount: Int { get }
  /// Its columns in the file's order, those that can't be read included.
  var columns: [ColumnDescription] { get }
  /// Columns for a range of entries within `0..<entryCount`.
  ///
  /// All that were asked for or none: a column shorter than the file's table is an error, never a
  /// short or an empty column.
  /// - Throws: EventFileError for unknown names, entries that aren't there, columns that can't be
  ///   read or aren't as long as the file's table, and broken bytes.
  func read(_ names: [String], entries: Range<Int>) throws -> EventBlock
  /// The texts of a column that has some, one for each of the entries.
  ///
  /// - Throws: EventFileError for unknown names, columns of something else, entries that aren't
  ///   there and broken bytes.
  func texts(_ name: String, entries: Range<Int>) throws -> [String]
}

extension EventReader {
  /// Refuses: a format without texts.
  public func texts(_ name: String, entries: Range<Int>) throws -> [String] {
    throw EventFileError(path: name, message: "holds no texts")
  }
}
