// SPDX-License-Identifier: Apache-2.0

/// A weighted histogram of two quantities: Σw and Σw² per bin, flow bins always kept.
///
/// **Shape**: `sumW` and `sumW2` have (x.binCount + 2) · (y.binCount + 2) entries; bin (i, j) of the
/// storage is at i · (y.binCount + 2) + j. Events of which one value is NaN, and those of which one
/// is missing, lie in no bin and are counted on their own (missing before NaN).
public struct Histogram2D: Sendable, Hashable, Codable {
  /// The bins of the first quantity.
  public let x: Axis
  /// The bins of the second.
  public let y: Axis
  /// Sum of weights per bin.
  public let sumW: [Double]
  /// Sum of squared weights per bin.
  public let sumW2: [Double]
  /// Number of fills, flow bins included, NaN and missing values not.
  public let entries: Int
  /// Number of fills of which a value was NaN.
  public let nanCount: Int
  /// Number of fills of which a value was missing.
  public let missingCount: Int

  /// What a tally of two axes holds.
  package init?(_ tally: HistogramTally) {
    guard tally.axes.count == 2 else { return nil }
    (x, y) = (tally.axes[0], tally.axes[1])
    (sumW, sumW2) = (tally.sumW, tally.sumW2)
    (entries, nanCount, missingCount) = (tally.entries, tally.nanCount, tally.missingCount)
  }

  /// The bins proper, flow bins folded in or left out. **Shape**: [x.binCount · y.binCount].
  public func contents(x: FlowPolicies, y: FlowPolicies) -> BinContents {
    HistogramTally(
      axes: [self.x, self.y], sumW: sumW, sumW2: sumW2, entries: entries, nanCount: nanCount,
      missingCount: missingCount
    ).contents([x, y])
  }

  /// Reads what the encoder wrote.
  /// - Throws: `HistogramError` if the sums don't fit the axes, `DecodingError` for other shapes.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    x = try values.decode(Axis.self, forKey: .x)
    y = try values.decode(Axis.self, forKey: .y)
    sumW = try values.decode([Double].self, forKey: .sumW)
    sumW2 = try values.decode([Double].self, forKey: .sumW2)
    entries = try values.decode(Int.self, forKey: .entries)
    nanCount = try values.decode(Int.self, forKey: .nanCount)
    missingCount = try values.decode(Int.self, forKey: .missingCount)
    let count = (x.binCount + 2) * (y.binCount + 2)
    guard sumW.count == count, sumW2.count == count else {
      throw HistogramError(
        "histogram of '\(x.name)' and '\(y.name)': \(sumW.count) sums of weights and "
          + "\(sumW2.count) of squares for \(count) bins, flow bins included")
    }
  }
}
