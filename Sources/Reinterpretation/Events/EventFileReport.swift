// SPDX-License-Identifier: Apache-2.0
import Events

/// What a file of events holds: the answer of `reprise events inspect`.
public struct EventFileReport: Sendable, Hashable, Codable {
  /// A column of the file.
  public struct Column: Sendable, Hashable, Codable {
    /// The name to read it by.
    public let name: String
    /// The file's own name of the type.
    public let type: String
    /// What expressions see: `boolean`, `integer`, `real`, `text`, or `unreadable`.
    public let readAs: String
    /// Whether an event has any number of values.
    public let isCollection: Bool
    /// How many values all events have.
    public let count: Int?
    /// Sum of its finite values.
    public let sum: Double?
    /// How many of its values are infinite or not a number.
    public let nonFinite: Int?
    /// The values of the first three events.
    public let first: [String]
    /// Why it couldn't be read.
    public let problem: String?

    enum CodingKeys: String, CodingKey {
      case name, type, count, sum, first, problem
      case readAs = "read_as"
      case isCollection = "is_collection"
      case nonFinite = "non_finite"
    }
  }

  /// The file's path.
  public let file: String
  /// The format's name.
  public let format: String
  /// The trees it has, for formats with trees.
  public let trees: [String]
  /// The tree whose columns these are.
  public let tree: String?
  /// How many events it has; nil when none of several trees was named.
  public let entries: Int?
  /// Its columns in the file's order; none when none of several trees was named.
  public let columns: [Column]
}

extension EventFile {
  /// Reads the whole file once, in blocks, and tells what it holds.
  ///
  /// A file of several trees, none of which is named, is answered with their names.
  public func report() throws(Failure) -> EventFileReport {
    try classified {
      let format = try eventFormat()
      let trees = try format.trees(in: path)
      let name = type(of: format).name
      if tree == nil, trees.count > 1 {
        return EventFileReport(
          file: path, format: name, trees: trees, tree: nil, entries: nil, columns: [])
      }
      let summary = EventSummary(try format.open(path, tree: tree))
      return EventFileReport(
        file: path, format: name, trees: trees, tree: tree ?? trees.first,
        entries: summary.entries, columns: summary.columns.map(EventFileReport.Column.init))
    }
  }
}

extension EventFileReport.Column {
  init(_ column: EventSummary.Column) {
    let description = column.description
    self.init(
      name: description.name, type: description.storedType,
      readAs: description.isReadable
        ? description.type.rawValue : description.isText ? "text" : "unreadable",
      isCollection: description.isCollection, count: column.count, sum: column.sum,
      nonFinite: column.nonFinite, first: column.first, problem: column.problem)
  }
}
