// SPDX-License-Identifier: Apache-2.0
import Events
import HistFactory
import Histograms
import Workflow

/// What a signal gives in one channel of the workspace, in events at the analysis' luminosity.
struct ChannelSignal {
  /// The region it comes from.
  var region: String
  var channel: String
  /// At μ = 1 [bins].
  var yields: [Double]
  /// Statistical uncertainty of each; nil where none is known.
  var uncertainties: [Double]?
  /// Variation name → yields one standard deviation up and down [bins].
  var variations: [(name: String, up: [Double], down: [Double])] = []
  /// Changes of the rate.
  var rates: [SelectionSpecification.Rate] = []
  /// Number of selected events and the sums of their weights, before any scaling.
  var entries: Int?
  var sumW: Double?
  var sumW2: Double?
}

extension ChannelSignal {
  /// Expected events of a selection: σ·k·BR·ε_filter·L·Σ_sel w/Σ_all w.
  ///
  /// A variation with `norm: own` is divided by its own Σ_all w, so that only its shape counts.
  static func signals(
    of yields: SelectionYields, variations wanted: [String]?, crossSection: CrossSection,
    luminosity: Luminosity
  ) throws -> [ChannelSignal] {
    try signals(of: yields, variations: wanted, produced: crossSection * luminosity)
  }

  /// - Parameter produced: the events that all of the generated ones stand for.
  static func signals(
    of yields: SelectionYields, variations wanted: [String]?, produced: Double
  ) throws -> [ChannelSignal] {
    let scale = SignalScale(produced: produced, total: yields.total.sumW)
    let (variations, rates) = try chosen(wanted, of: yields)
    let filled = (yields.histograms ?? []).filter { $0.channel != nil }
    let counted = yields.regions.filter { region in
      !filled.contains { $0.region == region.region }
    }
    let regions = try counted.map { region in
      ChannelSignal(
        region: region.region, channel: region.channel,
        yields: scale.events([region.nominal.sumW]),
        uncertainties: region.nominal.sumW2.map { scale.uncertainties([$0]) },
        variations: try variations.map { variation in
          guard let varied = region.variations[variation.name] else {
            throw StepError(
              "region '\(region.region)' has no yields of the variation '\(variation.name)'")
          }
          return scale.varied(variation, up: [varied.up.sumW], down: [varied.down.sumW])
        }, rates: rates, entries: region.entries, sumW: region.nominal.sumW,
        sumW2: region.nominal.sumW2)
    }
    return try regions + filled.map { try signal(of: $0, variations, rates, scale) }
  }

  /// The bins of a histogram, flow bins folded in or left out.
  private static func signal(
    of histogram: HistogramYield, _ variations: [SelectionYields.Variation],
    _ rates: [SelectionSpecification.Rate], _ scale: SignalScale
  ) throws -> ChannelSignal {
    func bins(_ filled: FilledHistogram?) throws -> BinContents {
      guard let contents = filled?.contents(histogram.flow) else {
        throw StepError(
          "histogram '\(histogram.histogram)' lacks a variation, or says nothing of an axis' flow "
            + "bins")
      }
      return contents
    }
    let nominal = try bins(histogram.nominal)
    return ChannelSignal(
      region: histogram.region, channel: histogram.channel ?? histogram.histogram,
      yields: scale.events(nominal.sumW), uncertainties: scale.uncertainties(nominal.sumW2),
      variations: try variations.map { variation in
        let varied = histogram.variations[variation.name]
        return scale.varied(
          variation, up: try bins(varied?.up).sumW, down: try bins(varied?.down).sumW)
      }, rates: rates)
  }

  private static func chosen(_ wanted: [String]?, of yields: SelectionYields) throws
    -> (variations: [SelectionYields.Variation], rates: [SelectionSpecification.Rate])
  {
    let rates = yields.rates ?? []
    guard let wanted else { return (yields.variations, rates) }
    for name in wanted {
      let known = yields.variations.map(\.name) + rates.map(\.name)
      if known.contains(name) { continue }
      throw StepError(
        "the yields have no variation '\(name)'"
          + Suggestion.hint(for: name, among: known, known: "they have"))
    }
    return (
      wanted.compactMap { name in yields.variations.first { $0.name == name } },
      wanted.compactMap { name in rates.first { $0.name == name } }
    )
  }

  /// Expected events as the signal states them.
  static func signals(of yields: SignalYields) -> [ChannelSignal] {
    yields.regions.sorted { $0.key < $1.key }.map { name, region in
      ChannelSignal(
        region: name, channel: name, yields: region.values, uncertainties: region.uncertainties)
    }
  }
}

extension ChannelSignal {
  /// The signal with nothing in the bins of which the weights add up to less than nothing, which
  /// is what no events are: no yield, no uncertainty, no variation. A single bin is left alone.
  var withoutNegativeBins: ChannelSignal {
    var signal = self
    guard yields.count > 1 else { return signal }
    for bin in yields.indices where yields[bin] <= 0 {
      signal.yields[bin] = 0
      signal.uncertainties?[bin] = 0
      for variation in signal.variations.indices {
        signal.variations[variation].up[bin] = 0
        signal.variations[variation].down[bin] = 0
      }
    }
    return signal
  }
}

/// Weights as events at the analysis' luminosity.
private struct SignalScale {
  /// Produced events: σ·k·BR·ε_filter·L.
  let produced: Double
  /// Σ_all w.
  let total: Double

  func events(_ sums: [Double]) -> [Double] { sums.map { $0 * (produced / total) } }

  func uncertainties(_ squares: [Double]) -> [Double] {
    squares.map { $0.squareRoot() * abs(produced / total) }
  }

  /// A variation with `norm: own` is divided by its own Σ_all w.
  func varied(
    _ variation: SelectionYields.Variation, up: [Double], down: [Double]
  ) -> (name: String, up: [Double], down: [Double]) {
    let isOwn = variation.norm == .own
    return (
      variation.name, up.map { $0 * produced / (isOwn ? variation.total.up.sumW : total) },
      down.map { $0 * produced / (isOwn ? variation.total.down.sumW : total) }
    )
  }
}
