// SPDX-License-Identifier: Apache-2.0
import Figures
import Inference

/// Expected events before and after a fit beside the observed ones.
public struct YieldReport: Sendable, Hashable, Codable {
  /// Expected events with one standard deviation of what the parameters leave open.
  public struct Yields: Sendable, Hashable, Codable {
    /// Events [bins].
    public let bins: [Double]
    /// [bins]
    public let uncertainties: [Double]
    /// Sum over the bins.
    public let total: Double
    /// Of the sum: bins vary together.
    public let totalUncertainty: Double

    private enum CodingKeys: String, CodingKey {
      case bins, uncertainties, total
      case totalUncertainty = "total_uncertainty"
    }
  }

  /// A sample or the sum of all.
  public struct Row: Sendable, Hashable, Codable {
    /// The sample's name.
    public let sample: String
    /// Its events.
    public let yields: Yields
  }

  /// A channel.
  public struct Channel: Sendable, Hashable, Codable {
    /// The channel's name.
    public let channel: String
    /// Events [bins].
    public let observed: [Double]
    /// The sum of the samples.
    public let total: Yields
    /// By name.
    public let samples: [Row]
  }

  /// Whether the events are those after the fit.
  public let isPostfit: Bool
  /// By name.
  public let channels: [Channel]

  private enum CodingKeys: String, CodingKey {
    case isPostfit = "postfit"
    case channels
  }
}

extension WorkspaceSource {
  /// The yields at the suggested parameters, or at the best fit of all free parameters.
  public func yields(afterFit isPostfit: Bool = false) throws(Failure) -> YieldReport {
    try classifiedWithName {
      let analyzer = try Analyzer(model())
      guard isPostfit else {
        return YieldReport(analyzer.prefitPrediction(), isPostfit: false)
      }
      let fit = try analyzer.fit()
      guard let covariance = try analyzer.covariance(at: fit) else {
        throw Failure.failed(
          "\(name): the curvature at the best fit is not positive definite, so yields after the "
            + "fit have no uncertainties; look at the parameters with reprise fit.")
      }
      return YieldReport(
        analyzer.prediction(at: fit, covariance: covariance), isPostfit: true)
    }
  }
}

extension YieldReport {
  init(_ prediction: YieldPrediction, isPostfit: Bool) {
    self.init(
      isPostfit: isPostfit,
      channels: prediction.channels.map { channel in
        Channel(
          channel: channel.name, observed: channel.observed,
          total: Yields(channel.bins, channel.total),
          samples: channel.samples.map {
            Row(sample: $0.name, yields: Yields($0.bins, $0.total))
          })
      })
  }

  /// Data over the expected events of all channels, bin beside bin, as SVG.
  public func figure(title: String = "") throws(Failure) -> String {
    try classified {
      let names = channels.flatMap { channel in
        channel.observed.count == 1
          ? [channel.channel] : channel.observed.indices.map { "\(channel.channel)[\($0)]" }
      }
      // The smallest at the bottom: on a logarithmic axis all are seen.
      let samples = Set(channels.flatMap { $0.samples.map(\.sample) })
        .map { ($0, yields(of: $0)) }
        .sorted { ($0.1.reduce(0, +), $0.0) < ($1.1.reduce(0, +), $1.0) }
      var figure = StackFigure(
        title: title, notes: [isPostfit ? "After the fit" : "Before the fit"], x: FigureAxis(""),
        y: FigureAxis("Events", scale: spansDecades ? .log : .linear), bins: .names(names),
        samples: samples.map { StackFigure.Sample($0.0, yields: $0.1) })
      figure.uncertainty = channels.flatMap(\.total.uncertainties)
      figure.observed = channels.flatMap(\.observed).map(Self.measurement)
      return try figure.svg()
    }
  }

  /// Whether small bins would vanish beside large ones.
  private var spansDecades: Bool {
    let positive = channels.flatMap { $0.total.bins + $0.observed }.filter { $0 > 0 }
    return (positive.max() ?? 1) > 100 * (positive.min() ?? 1)
  }

  /// Of one sample in the bins of all channels; 0 where a channel doesn't have it.
  private func yields(of sample: String) -> [Double] {
    channels.flatMap { channel in
      channel.samples.first { $0.sample == sample }?.yields.bins
        ?? [Double](repeating: 0, count: channel.observed.count)
    }
  }

  /// Events that aren't whole (Asimov data) have their square root as uncertainty.
  private static func measurement(_ events: Double) -> StackFigure.Measurement {
    if let count = Int(exactly: events), count >= 0 { return StackFigure.Measurement(count: count) }
    let uncertainty = max(0, events).squareRoot()
    return StackFigure.Measurement(events, down: uncertainty, up: uncertainty)
  }
}

extension YieldReport.Yields {
  init(_ bins: [YieldPrediction.Yield], _ total: YieldPrediction.Yield) {
    self.init(
      bins: bins.map(\.value), uncertainties: bins.map(\.uncertainty), total: total.value,
      totalUncertainty: total.uncertainty)
  }
}
