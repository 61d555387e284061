// SPDX-License-Identifier: Apache-2.0
import Events
import HistFactory
import Workflow

/// Adds a signal's samples to a workspace and changes nothing else of it.
struct SignalPatcher {
  private(set) var workspace: Workspace
  private(set) var channelsWithoutSignal: [String] = []
  /// Variations that were left out, and where.
  private(set) var pruned: [String] = []
  private let parameters: SignalModelKind.Parameters

  init(_ background: Workspace, _ parameters: SignalModelKind.Parameters) {
    workspace = background
    self.parameters = parameters
  }

  /// Refuses a signal strength that isn't what the workspace measures.
  func checkParameterOfInterest() throws {
    guard let measurement = workspace.measurements.first, measurement.poi != parameters.poi else {
      return
    }
    throw StepError(
      "the poi is '\(parameters.poi)', but measurement '\(measurement.name)' of the workspace has "
        + "'\(measurement.poi)': give both the same name")
  }

  /// Refuses signals that don't fit the workspace, or two for one channel.
  func check(_ signals: [ChannelSignal]) throws {
    var regions: [String: String] = [:]
    for signal in signals {
      if let other = regions.updateValue(signal.region, forKey: signal.channel) {
        throw StepError(
          "regions '\(other)' and '\(signal.region)' both fill channel '\(signal.channel)'; name "
            + "another 'channel', or leave one of them out with 'report: false'")
      }
    }
    for signal in signals { try check(signal) }
  }

  private func check(_ signal: ChannelSignal) throws {
    guard let channel = workspace.channels.first(where: { $0.name == signal.channel }) else {
      let names = workspace.channels.map(\.name)
      throw StepError(
        "region '\(signal.region)' fills channel '\(signal.channel)', which the workspace doesn't "
          + "have\(Suggestion.hint(for: signal.channel, among: names, known: "it has")); name it "
          + "with 'channel', or leave it out with 'report: false'")
    }
    let varied = signal.variations.flatMap { $0.up + $0.down }
    guard (signal.yields + (signal.uncertainties ?? []) + varied).allSatisfy(\.isFinite) else {
      throw StepError(
        "region '\(signal.region)' has a yield that isn't a finite number: the weights of all events, "
          + "or those of a variation, add up to 0 or to no number")
    }
    let bins = channel.samples.first?.data.count ?? 0
    guard signal.yields.count == bins else {
      throw StepError(
        "region '\(signal.region)' gives \(signal.yields.count) bins, but channel "
          + "'\(channel.name)' of the workspace has \(bins)")
    }
    if channel.samples.contains(where: { $0.name == parameters.sample }) {
      throw StepError(
        "channel '\(channel.name)' has a sample '\(parameters.sample)' already; give 'sample' "
          + "another name")
    }
  }

  /// Adds a sample to each channel with a positive yield.
  ///
  /// Without any, each channel of the signal gets an empty one: the signal strength is then a
  /// parameter that changes nothing, and its CLs 1.
  mutating func add(_ signals: [ChannelSignal]) -> SignalSample {
    var channels: [SignalSample.Channel] = []
    for index in workspace.channels.indices {
      let name = workspace.channels[index].name
      guard let signal = signals.first(where: { $0.channel == name })?.withoutNegativeBins,
        signal.yields.reduce(0, +) > 0
      else {
        channelsWithoutSignal.append(name)
        continue
      }
      let sample = sample(of: signal)
      workspace.channels[index].samples.append(sample)
      channels.append(
        .init(channel: name, yields: signal.yields, uncertainties: signal.uncertainties))
    }
    if channels.isEmpty { addEmptySamples(to: Set(signals.map(\.channel))) }
    return SignalSample(
      sample: parameters.sample, poi: parameters.poi,
      hasStatisticalUncertainty: parameters.statisticalUncertainty, channels: channels)
  }

  private mutating func addEmptySamples(to names: Set<String>) {
    for index in workspace.channels.indices where names.contains(workspace.channels[index].name) {
      let bins = workspace.channels[index].samples.first?.data.count ?? 0
      workspace.channels[index].samples.append(
        Workspace.Sample(
          name: parameters.sample, data: [Double](repeating: 0, count: bins),
          modifiers: [Workspace.Modifier(name: parameters.poi, kind: .normfactor)]))
    }
  }

  /// Whether a variation changes every bin by less than what is left out.
  private func isNegligible(_ up: [Double], _ down: [Double], beside nominal: [Double]) -> Bool {
    guard let pruning = parameters.pruning else { return false }
    return zip(nominal, zip(up, down)).allSatisfy { yield, varied in
      max(abs(varied.0 - yield), abs(varied.1 - yield)) <= pruning * abs(yield)
    }
  }

  private mutating func sample(of signal: ChannelSignal) -> Workspace.Sample {
    var modifiers = [Workspace.Modifier(name: parameters.poi, kind: .normfactor)]
    if parameters.statisticalUncertainty, let uncertainties = signal.uncertainties {
      modifiers.append(
        .init(name: "staterror_\(signal.channel)", kind: .staterror(uncertainties)))
    }
    for variation in signal.variations {
      if isNegligible(variation.up, variation.down, beside: signal.yields) {
        pruned.append("\(variation.name) in \(signal.channel)")
        continue
      }
      modifiers.append(
        .init(
          name: "sig_\(variation.name)", kind: .histosys(lo: variation.down, hi: variation.up)))
    }
    for rate in signal.rates {
      if let pruning = parameters.pruning, max(abs(rate.up), abs(rate.down)) < pruning {
        pruned.append("\(rate.name) in \(signal.channel)")
        continue
      }
      modifiers.append(
        .init(name: "sig_\(rate.name)", kind: .normsys(lo: 1 + rate.down, hi: 1 + rate.up)))
    }
    return Workspace.Sample(name: parameters.sample, data: signal.yields, modifiers: modifiers)
  }
}
