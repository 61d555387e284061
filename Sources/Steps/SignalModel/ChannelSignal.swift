// SPDX-License-Identifier: Apache-2.0
import Events
import HistFactory
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
    let produced = crossSection * luminosity
    let variations = try chosen(wanted, of: yields)
    return try yields.regions.map { region in
      let scale = produced / yields.total.sumW
      return ChannelSignal(
        region: region.region, channel: region.channel, yields: [region.nominal.sumW * scale],
        uncertainties: region.nominal.sumW2.map { [$0.squareRoot() * abs(scale)] },
        variations: try variations.map { variation in
          guard let varied = region.variations[variation.name] else {
            throw StepError(
              "region '\(region.region)' has no yields of the variation '\(variation.name)'")
          }
          let up = variation.norm == .own ? variation.total.up.sumW : yields.total.sumW
          let down = variation.norm == .own ? variation.total.down.sumW : yields.total.sumW
          return (
            variation.name, [varied.up.sumW * produced / up], [varied.down.sumW * produced / down]
          )
        }, entries: region.entries, sumW: region.nominal.sumW, sumW2: region.nominal.sumW2)
    }
  }

  private static func chosen(_ wanted: [String]?, of yields: SelectionYields) throws
    -> [SelectionYields.Variation]
  {
    guard let wanted else { return yields.variations }
    return try wanted.map { name in
      if let variation = yields.variations.first(where: { $0.name == name }) { return variation }
      let known = yields.variations.map(\.name)
      throw StepError(
        "the yields have no variation '\(name)'"
          + Suggestion.hint(for: name, among: known, known: "they have"))
    }
  }

  /// Expected events as the signal states them.
  static func signals(of yields: SignalYields) -> [ChannelSignal] {
    yields.regions.sorted { $0.key < $1.key }.map { name, region in
      ChannelSignal(
        region: name, channel: name, yields: region.values, uncertainties: region.uncertainties)
    }
  }
}
