// SPDX-License-Identifier: Apache-2.0
public import Histograms

/// Σw and Σw² of some events with one of their weights.
public struct WeightedCount: Sendable, Hashable, Codable {
  /// Sum of weights.
  public var sumW: Double
  /// Sum of squared weights.
  public var sumW2: Double

  /// Sums; 0 for no events.
  public init(sumW: Double = 0, sumW2: Double = 0) {
    self.sumW = sumW
    self.sumW2 = sumW2
  }
}

/// What a region selects.
public struct RegionYield: Sendable, Hashable, Codable {
  /// Sums with the two weights of a variation.
  public struct VariedCount: Sendable, Hashable, Codable {
    /// With the weight one standard deviation up.
    public let up: WeightedCount
    /// With the weight one standard deviation down.
    public let down: WeightedCount
    /// Both.
    public init(up: WeightedCount, down: WeightedCount) {
      self.up = up
      self.down = down
    }
  }

  /// Name of the region.
  public let region: String
  /// Name the workspace knows it by.
  public let channel: String
  /// Events that passed all its cuts.
  public let entries: Int
  /// Their sums with the nominal weight.
  public let nominal: WeightedCount
  /// Variation name → their sums with its weights.
  public let variations: [String: VariedCount]
  /// All events (`all`), then each cut, inherited ones first.
  public let cutflow: Cutflow

  /// A yield.
  public init(
    region: String, channel: String, entries: Int, nominal: WeightedCount,
    variations: [String: VariedCount] = [:], cutflow: Cutflow
  ) {
    self.region = region
    self.channel = channel
    self.entries = entries
    self.nominal = nominal
    self.variations = variations
    self.cutflow = cutflow
  }
}

/// What a selection makes of all events of some files.
public struct SelectionResult: Sendable, Hashable, Codable {
  /// Number of events, before any cut.
  public let entries: Int
  /// Their sums with the nominal weight.
  public let total: WeightedCount
  /// Variation name → sums of all events with its weights.
  public let variationTotals: [String: RegionYield.VariedCount]
  /// The reported regions, in the order of the specification.
  public let regions: [RegionYield]
  /// The histograms, in the order of the specification.
  public let histograms: [HistogramYield]
  /// How many events the reported regions share.
  public let overlaps: RegionOverlaps
  /// How many events had an infinite or NaN number, where there were any.
  ///
  /// Keys are the names of variables (counted over all events), and `REGION/CUT` for cuts that
  /// compare a number which is not itself a variable (counted over the events that reached it).
  public let nonFinite: [String: Int]

  /// Fewer events than these are too few for √Σw² to mean much.
  public static let fewEntries = 10

  /// Names of the reported regions that have fewer than `fewEntries` events.
  public var sparseRegions: [String] {
    regions.filter { $0.entries < Self.fewEntries }.map(\.region)
  }

  /// A result.
  public init(
    entries: Int, total: WeightedCount, variationTotals: [String: RegionYield.VariedCount] = [:],
    regions: [RegionYield], histograms: [HistogramYield] = [],
    overlaps: RegionOverlaps = RegionOverlaps(), nonFinite: [String: Int] = [:]
  ) {
    self.histograms = histograms
    self.overlaps = overlaps
    self.entries = entries
    self.total = total
    self.variationTotals = variationTotals
    self.regions = regions
    self.nonFinite = nonFinite
  }
}
