// SPDX-License-Identifier: Apache-2.0
public import Histograms

extension SelectionSpecification {
  /// How an axis is divided.
  public enum Binning: Sendable, Hashable, Codable {
    /// Bins of one width over [lower, upper).
    case uniform(count: Int, lower: Double, upper: Double)
    /// Ascending edges, one more than there are bins.
    case edges([Double])
  }

  /// One axis of a histogram.
  public struct HistogramAxis: Sendable, Hashable, Codable {
    /// The number that is binned.
    public var value: String
    /// The bins.
    public var binning: Binning
    /// What becomes of the flow bins where the histogram fills a channel; nil drops both.
    public var flow: FlowPolicies?
    /// An axis.
    public init(value: String, binning: Binning, flow: FlowPolicies? = nil) {
      self.value = value
      self.binning = binning
      self.flow = flow
    }
  }

  /// A weighted histogram of the events of a region.
  public struct Histogram: Sendable, Hashable, Codable {
    /// Its name.
    public var name: String
    /// The region whose events fill it.
    public var region: String
    /// The channel of the workspace whose bins it fills; nil if it is only looked at.
    public var channel: String?
    /// One or two axes. The bins of a channel run along the last axis fastest.
    public var axes: [HistogramAxis]
    /// A histogram.
    public init(name: String, region: String, channel: String? = nil, axes: [HistogramAxis]) {
      self.name = name
      self.region = region
      self.channel = channel
      self.axes = axes
    }
  }
}
