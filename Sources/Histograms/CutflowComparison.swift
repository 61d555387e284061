// SPDX-License-Identifier: Apache-2.0

/// A cutflow beside a published one.
///
/// Published cutflows are normalised in their own way (events at a luminosity, fractions, a number
/// of generated events), so both are compared relative to a row they have in common: the first one
/// unless told otherwise.
public struct CutflowComparison: Sendable, Hashable, Codable {
  /// What was published of a cut.
  public struct Published: Sendable, Hashable, Codable {
    /// The row of the cutflow it stands beside.
    public var cut: String
    /// What is left.
    public var value: Double
    /// Its uncertainty; nil where none is given.
    public var uncertainty: Double?
    /// A published row.
    public init(_ cut: String, value: Double, uncertainty: Double? = nil) {
      self.cut = cut
      self.value = value
      self.uncertainty = uncertainty
    }
  }

  /// A row of both.
  public struct Row: Sendable, Hashable, Codable {
    /// The cut.
    public let cut: String
    /// Events left, unweighted.
    public let entries: Int
    /// Σw.
    public let sumW: Double
    /// √Σw².
    public let uncertainty: Double
    /// Σw over that of the row before; 1 for the first, NaN after 0.
    public let efficiency: Double
    /// What was published; nil where nothing was.
    public let published: Double?
    /// Its part of the row that was published before it; nil for the first of them.
    public let publishedEfficiency: Double?
    /// Ours over theirs, both relative to the row in common; nil where nothing was published.
    public let ratio: Double?
    /// Statistical uncertainty of the ratio: of the sample's finite size, for a row inside the row in
    /// common, and of the published number where it is given.
    public let ratioUncertainty: Double?
    /// Whether the ratio is farther from 1 than is allowed, and than twice its uncertainty.
    public let isAlarming: Bool
  }

  /// All rows of the cutflow.
  public let rows: [Row]
  /// Whether a row is alarming.
  public var isAlarming: Bool { rows.contains(where: \.isAlarming) }

  /// Compares.
  ///
  /// - Parameters:
  ///   - cutflow: what was counted here.
  ///   - published: rows of the cutflow, by name, in its order.
  ///   - reference: the cut both are relative to; nil for the first that was published.
  ///   - tolerance: how far a ratio may be from 1 without alarm.
  /// - Throws: `HistogramError` for a name that the cutflow lacks or has twice, for rows in another
  ///   order, and where the row in common has nothing left.
  public init(
    _ cutflow: Cutflow, published: [Published], relativeTo reference: String? = nil,
    tolerance: Double = 0.2
  ) throws(HistogramError) {
    let places = try Self.places(of: published, in: cutflow)
    let common = try Self.common(reference, cutflow, published, places)
    var last: Double?
    var rows: [Row] = []
    let efficiencies = cutflow.efficiencies
    for (place, row) in cutflow.rows.enumerated() {
      let theirs = places.firstIndex(of: place).map { published[$0] }
      let comparison = theirs.map { Self.ratio(of: row, $0, common) }
      let isAlarming =
        comparison.map { ratio, uncertainty in
          let distance = abs(ratio - 1)
          return !(distance <= tolerance || distance <= 2 * uncertainty)
        } ?? false
      rows.append(
        Row(
          cut: row.cut, entries: row.entries, sumW: row.sumW,
          uncertainty: row.sumW2.squareRoot(), efficiency: efficiencies[place],
          published: theirs?.value,
          publishedEfficiency: theirs.flatMap { theirs in last.map { theirs.value / $0 } },
          ratio: comparison?.ratio, ratioUncertainty: comparison?.uncertainty,
          isAlarming: isAlarming))
      last = theirs?.value ?? last
    }
    self.rows = rows
  }

  private static func places(
    of published: [Published], in cutflow: Cutflow
  ) throws(HistogramError) -> [Int] {
    var places: [Int] = []
    for row in published {
      let found = cutflow.rows.indices.filter { cutflow.rows[$0].cut == row.cut }
      guard let place = found.first, found.count == 1 else {
        throw HistogramError(
          "the cutflow has \(found.count) rows '\(row.cut)', so a published one can't stand beside "
            + "it; it has \(cutflow.rows.map(\.cut).joined(separator: ", "))")
      }
      guard place > places.last ?? -1 else {
        throw HistogramError("the published row '\(row.cut)' is not in the order of the cutflow")
      }
      places.append(place)
    }
    return places
  }

  private struct Common {
    let ours: CutflowRow
    let theirs: Double
  }

  private static func common(
    _ reference: String?, _ cutflow: Cutflow, _ published: [Published], _ places: [Int]
  ) throws(HistogramError) -> Common {
    let position = reference.map { name in published.firstIndex { $0.cut == name } } ?? 0
    guard let position, published.indices.contains(position) else {
      throw HistogramError(
        "nothing was published of the row '\(reference ?? "")' that both are relative to")
    }
    let ours = cutflow.rows[places[position]]
    guard ours.sumW != 0, published[position].value != 0 else {
      throw HistogramError("nothing is left of the row '\(ours.cut)' that both are relative to")
    }
    return Common(ours: ours, theirs: published[position].value)
  }

  private static func ratio(
    of row: CutflowRow, _ published: Published, _ common: Common
  ) -> (ratio: Double, uncertainty: Double) {
    let fraction = row.sumW / common.ours.sumW
    let theirs = published.value / common.theirs
    // Of events inside a larger set: √(Σ_in w²·(1 − 2ε) + ε²·Σ_all w²)/|Σ_all w|.
    let variance =
      row.sumW2 * (1 - 2 * fraction) + fraction * fraction * common.ours.sumW2
    let own = max(0, variance).squareRoot() / abs(common.ours.sumW)
    let given = (published.uncertainty ?? 0) / abs(common.theirs)
    let ratio = fraction / theirs
    let relative = (own / theirs, ratio * given / theirs)
    return (ratio, (relative.0 * relative.0 + relative.1 * relative.1).squareRoot())
  }
}
