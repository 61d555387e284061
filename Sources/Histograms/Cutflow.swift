// SPDX-License-Identifier: Apache-2.0

/// What is left after each of a line of cuts. The first row is all events, before any cut.
///
/// In JSON it is the array of its rows.
public struct Cutflow: Sendable, Hashable {
  /// The rows, in the order of the cuts.
  public private(set) var rows: [CutflowRow]

  /// A cutflow of these rows.
  public init(rows: [CutflowRow]) { self.rows = rows }

  /// Fraction of Σw that each cut keeps of the row before it. **Shape**: one number per row,
  /// 1 for the first; NaN after a row with Σw = 0.
  public var efficiencies: [Double] {
    rows.indices.map { $0 == 0 ? 1 : rows[$0].sumW / rows[$0 - 1].sumW }
  }

  /// Adds the rows of the same cuts applied to other events.
  /// - Throws: `HistogramError` if the cuts differ; nothing is changed then.
  public mutating func merge(_ other: Cutflow) throws(HistogramError) {
    guard rows.map(\.cut) == other.rows.map(\.cut) else {
      throw HistogramError(
        "cutflows of the cuts \(rows.map(\.cut)) and \(other.rows.map(\.cut)) can't be merged: "
          + "the cuts must be the same, in the same order")
    }
    rows = zip(rows, other.rows).map { mine, theirs in
      CutflowRow(
        cut: mine.cut, entries: mine.entries + theirs.entries, sumW: mine.sumW + theirs.sumW,
        sumW2: mine.sumW2 + theirs.sumW2, missing: mine.missing + theirs.missing)
    }
  }
}

extension Cutflow: RandomAccessCollection {
  public var startIndex: Int { rows.startIndex }
  public var endIndex: Int { rows.endIndex }
  public subscript(position: Int) -> CutflowRow { rows[position] }
}

extension Cutflow: Codable {
  /// Reads an array of rows.
  public init(from decoder: any Decoder) throws {
    rows = try decoder.singleValueContainer().decode([CutflowRow].self)
  }

  /// Writes an array of rows.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rows)
  }
}
