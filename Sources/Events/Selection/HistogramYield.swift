// SPDX-License-Identifier: Apache-2.0
public import Histograms

/// A filled histogram of one or two quantities.
///
/// In JSON it is the histogram itself.
public enum FilledHistogram: Sendable, Hashable {
  case one(Histogram)
  case two(Histogram2D)

  init(_ tally: HistogramTally) {
    if let histogram = Histogram2D(tally) {
      self = .two(histogram)
    } else if let histogram = Histogram(tally) {
      self = .one(histogram)
    } else {
      preconditionFailure("the compiler of selections makes axes, one or two")
    }
  }

  /// The bins proper, flow bins folded in or left out, one pair of policies per axis; nil if there
  /// are more or fewer. Of two axes, the second runs fastest.
  public func contents(_ policies: [FlowPolicies]) -> BinContents? {
    switch self {
    case .one(let histogram): policies.count == 1 ? histogram.contents(policies[0]) : nil
    case .two(let histogram):
      policies.count == 2 ? histogram.contents(x: policies[0], y: policies[1]) : nil
    }
  }
}

extension FilledHistogram: Codable {
  private enum CodingKeys: String, CodingKey { case axis }

  /// Reads either histogram: that of one quantity has the key `axis`.
  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    self =
      keys.contains(.axis)
      ? .one(try Histogram(from: decoder)) : .two(try Histogram2D(from: decoder))
  }

  /// Writes the histogram.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .one(let histogram): try histogram.encode(to: encoder)
    case .two(let histogram): try histogram.encode(to: encoder)
    }
  }
}

/// What a histogram of a selection holds.
public struct HistogramYield: Sendable, Hashable, Codable {
  /// The two histograms of a variation.
  public struct Varied: Sendable, Hashable, Codable {
    /// One standard deviation up.
    public let up: FilledHistogram
    /// One standard deviation down.
    public let down: FilledHistogram
    /// Both.
    public init(up: FilledHistogram, down: FilledHistogram) {
      self.up = up
      self.down = down
    }
  }

  /// Its name.
  public let histogram: String
  /// The region whose events fill it.
  public let region: String
  /// The channel of the workspace whose bins it fills, if it does.
  public let channel: String?
  /// What becomes of the flow bins of each axis where it fills a channel.
  public let flow: [FlowPolicies]
  /// With the nominal weight.
  public let nominal: FilledHistogram
  /// By variation of the weight, and by shift.
  public let variations: [String: Varied]

  /// A histogram with its variations.
  public init(
    histogram: String, region: String, channel: String?, flow: [FlowPolicies],
    nominal: FilledHistogram, variations: [String: Varied] = [:]
  ) {
    self.flow = flow
    self.histogram = histogram
    self.region = region
    self.channel = channel
    self.nominal = nominal
    self.variations = variations
  }
}

/// How many events are in each two of some regions.
public struct RegionOverlaps: Sendable, Hashable, Codable {
  /// Names of the regions.
  public let regions: [String]
  /// Number of events that are in both regions, those of the region itself on the diagonal.
  /// **Shape**: [regions][regions], symmetric; empty for fewer than two regions.
  public let entries: [[Int]]

  /// `entries` row by row, the upper triangle counted.
  init(regions: [String], entries: [Int]) {
    self.regions = regions
    let count = regions.count
    self.entries =
      count < 2
      ? []
      : (0..<count).map { row in
        (0..<count).map { entries[min(row, $0) * count + max(row, $0)] }
      }
  }

  /// Regions without overlaps.
  public init() { (regions, entries) = ([], []) }

  /// Of the events of the row's region, the part in the column's; NaN for a region without events.
  /// **Shape**: as `entries`.
  public var fractions: [[Double]] {
    entries.indices.map { row in entries[row].map { Double($0) / Double(entries[row][row]) } }
  }
}
