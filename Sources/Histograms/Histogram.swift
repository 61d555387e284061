// SPDX-License-Identifier: Apache-2.0

/// A weighted histogram of one quantity: Σw and Σw² per bin, flow bins always kept.
///
/// **Shape**: `sumW` and `sumW2` have `axis.binCount + 2` entries, see `Axis`. Values that are
/// NaN and values that are missing lie in no bin and are counted on their own.
public struct Histogram: Sendable, Hashable, Codable {
  /// The bins.
  public let axis: Axis
  /// Sum of weights per bin, underflow first, overflow last.
  public private(set) var sumW: [Double]
  /// Sum of squared weights per bin; its root is the statistical uncertainty.
  public private(set) var sumW2: [Double]
  /// Number of fills, flow bins included, NaN and missing values not.
  public private(set) var entries = 0
  /// Number of fills whose value was NaN.
  public private(set) var nanCount = 0
  /// Number of fills that had no value.
  public private(set) var missingCount = 0

  /// An empty histogram.
  public init(axis: Axis) {
    self.axis = axis
    sumW = Array(repeating: 0, count: axis.binCount + 2)
    sumW2 = sumW
  }

  /// What a tally of one axis holds.
  package init?(_ tally: HistogramTally) {
    guard tally.axes.count == 1 else { return nil }
    axis = tally.axes[0]
    (sumW, sumW2) = (tally.sumW, tally.sumW2)
    (entries, nanCount, missingCount) = (tally.entries, tally.nanCount, tally.missingCount)
  }

  /// Adds one value; nil is a missing one. Infinities go to the flow bins.
  /// - Throws: `HistogramError` for a weight that isn't finite; nothing is changed then.
  public mutating func fill(_ value: Double?, weight: Double = 1) throws(HistogramError) {
    guard weight.isFinite else {
      throw HistogramError("histogram of '\(axis.name)': a weight is \(weight), it must be finite")
    }
    guard let value else {
      missingCount += 1
      return
    }
    guard let bin = axis.index(of: value) else {
      nanCount += 1
      return
    }
    sumW[bin] += weight
    sumW2[bin] += weight * weight
    entries += 1
  }

  /// Adds the contents of another histogram, bin by bin.
  /// - Throws: `HistogramError` if the axes differ; nothing is changed then.
  public mutating func merge(_ other: Histogram) throws(HistogramError) {
    guard axis == other.axis else {
      throw HistogramError(
        "histograms of '\(axis.name)' and '\(other.axis.name)' have different axes: "
          + "only equal axes can be merged")
    }
    for bin in sumW.indices {
      sumW[bin] += other.sumW[bin]
      sumW2[bin] += other.sumW2[bin]
    }
    entries += other.entries
    nanCount += other.nanCount
    missingCount += other.missingCount
  }

  /// Σw of the bins proper, without underflow and overflow. **Shape**: `[axis.binCount]`.
  public var contents: [Double] { Array(sumW.dropFirst().dropLast()) }

  /// The bins proper, flow bins folded in or left out. **Shape**: `[axis.binCount]`.
  public func contents(_ policies: FlowPolicies) -> BinContents {
    HistogramTally(
      axes: [axis], sumW: sumW, sumW2: sumW2, entries: entries, nanCount: nanCount,
      missingCount: missingCount
    ).contents([policies])
  }

  /// Statistical uncertainty √Σw² of the bins proper. **Shape**: `[axis.binCount]`.
  public var uncertainties: [Double] { sumW2.dropFirst().dropLast().map { $0.squareRoot() } }
}

extension Histogram {
  private enum CodingKeys: String, CodingKey {
    case axis, sumW, sumW2, entries, nanCount, missingCount
  }

  /// Reads what the encoder wrote.
  /// - Throws: `HistogramError` if the sums don't fit the axis, `DecodingError` for other shapes.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(axis: values.decode(Axis.self, forKey: .axis))
    let sumW = try values.decode([Double].self, forKey: .sumW)
    let sumW2 = try values.decode([Double].self, forKey: .sumW2)
    guard sumW.count == axis.binCount + 2, sumW2.count == sumW.count else {
      throw HistogramError(
        "histogram of '\(axis.name)': \(sumW.count) sums of weights and \(sumW2.count) of squares "
          + "for \(axis.binCount) bins and two flow bins")
    }
    self.sumW = sumW
    self.sumW2 = sumW2
    entries = try values.decode(Int.self, forKey: .entries)
    nanCount = try values.decode(Int.self, forKey: .nanCount)
    missingCount = try values.decode(Int.self, forKey: .missingCount)
  }
}
