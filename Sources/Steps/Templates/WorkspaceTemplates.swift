// SPDX-License-Identifier: Apache-2.0
import Events
public import HistFactory
import Workflow

/// Histograms of several samples from which a whole workspace is made.
public struct WorkspaceTemplates: Sendable {
  /// A sample in one channel.
  struct Template: Sendable {
    let sample: String
    let channel: String
    let yields: [Double]
    let uncertainties: [Double]?
    let variations: [TemplateVariation]
    let rates: [SelectionSpecification.Rate]
    let normFactors: [String]
  }

  /// Name of the measurement.
  public var measurement: String
  /// The parameter of interest.
  public var poi: String
  /// Whether the samples' statistical uncertainties become staterrors.
  public var hasStatisticalUncertainty = true
  /// What is done to a variation, by name.
  public var treatments: [String: VariationTreatment] = [:]
  /// What is done to all others.
  public var treatment = VariationTreatment()
  private var templates: [Template] = []
  private var observations: [String: [Double]] = [:]

  /// Templates without any sample.
  public init(measurement: String, poi: String) {
    self.measurement = measurement
    self.poi = poi
  }

  /// Adds a sample in all channels of a selection.
  ///
  /// - Parameters:
  ///   - sample: its name.
  ///   - yields: of the selection.
  ///   - produced: the events that all generated ones stand for: σ·k·BR·ε_filter·L.
  ///   - normFactors: free factors of its yields; the signal has the parameter of interest.
  /// - Throws: `StepError` for a sample that is there already, and numbers that aren't finite.
  public mutating func add(
    _ sample: String, _ yields: SelectionYields, produced: Double, normFactors: [String] = []
  ) throws {
    guard !templates.contains(where: { $0.sample == sample }) else {
      throw StepError("there is a sample '\(sample)' already: give this one another name")
    }
    let signals = try ChannelSignal.signals(of: yields, variations: nil, produced: produced)
    templates += try signals.map { signal in
      let clean = signal.withoutNegativeBins
      let varied = clean.variations.flatMap { $0.up + $0.down }
      guard (clean.yields + varied).allSatisfy(\.isFinite) else {
        throw StepError(
          "sample '\(sample)' has yields in channel '\(signal.channel)' that aren't finite numbers")
      }
      return Template(
        sample: sample, channel: clean.channel, yields: clean.yields,
        uncertainties: clean.uncertainties,
        variations: clean.variations.map {
          TemplateVariation(name: $0.name, up: $0.up, down: $0.down)
        }, rates: clean.rates, normFactors: normFactors)
    }
  }

  /// Adds the difference between a sample and another simulation of it, as a variation that is
  /// mirrored.
  ///
  /// - Throws: `StepError` where the sample lacks a channel, or has other bins.
  public mutating func add(
    variation name: String, of sample: String, _ other: SelectionYields, produced: Double
  ) throws {
    for signal in try ChannelSignal.signals(of: other, variations: [], produced: produced) {
      let clean = signal.withoutNegativeBins
      guard
        let place = templates.firstIndex(where: {
          $0.sample == sample && $0.channel == clean.channel
            && $0.yields.count == clean.yields.count
        })
      else {
        throw StepError(
          "variation '\(name)' has \(clean.yields.count) bins in channel '\(clean.channel)', which "
            + "sample '\(sample)' does not have")
      }
      let known = templates[place]
      templates[place] = Template(
        sample: sample, channel: known.channel, yields: known.yields,
        uncertainties: known.uncertainties,
        variations: known.variations + [TemplateVariation(name: name, up: clean.yields)],
        rates: known.rates, normFactors: known.normFactors)
    }
  }

  /// Takes what a selection counts of the data as what was observed.
  /// - Throws: `StepError` for a channel that was observed already.
  public mutating func observe(_ yields: SelectionYields) throws {
    let signals = try ChannelSignal.signals(
      of: yields, variations: [], produced: yields.total.sumW)
    for signal in signals {
      guard observations.updateValue(signal.yields, forKey: signal.channel) == nil else {
        throw StepError("channel '\(signal.channel)' has been observed already")
      }
    }
  }

  // MARK: Workspace

  /// The workspace: a sample is left out of channels where it has no events; where nothing was
  /// observed, the sum of the samples without the parameter of interest is, as Asimov data.
  ///
  /// - Throws: `StepError` for no samples, channels whose samples have different bins or observed
  ///   ones, a parameter of interest that no sample has.
  public func workspace() throws -> Workspace {
    guard templates.contains(where: { $0.normFactors.contains(poi) }) else {
      throw StepError("no sample has the parameter of interest '\(poi)': give one 'normFactors'")
    }
    var names: [String] = []
    for template in templates where !names.contains(template.channel) {
      names.append(template.channel)
    }
    var workspace = Workspace(
      channels: [], observations: [],
      measurements: [.init(name: measurement, poi: poi, parameters: [])])
    for name in names {
      let own = templates.filter { $0.channel == name }
      let bins = own[0].yields.count
      for template in own where template.yields.count != bins {
        throw StepError(
          "channel '\(name)' has \(bins) bins in sample '\(own[0].sample)' and "
            + "\(template.yields.count) in '\(template.sample)'")
      }
      let samples = own.filter { $0.yields.contains { $0 != 0 } }.map(sample)
      if samples.isEmpty { continue }
      workspace.channels.append(.init(name: name, samples: samples))
      workspace.observations.append(
        .init(name: name, data: try observation(of: name, own, bins: bins)))
    }
    guard !workspace.channels.isEmpty else {
      throw StepError("no sample has an event in any channel")
    }
    return try Workspace(json: workspace.jsonData(), source: "workspace of the samples")
  }

  private func observation(of name: String, _ own: [Template], bins: Int) throws -> [Double] {
    if let observed = observations[name] {
      guard observed.count == bins else {
        throw StepError("channel '\(name)' has \(bins) bins, and \(observed.count) were observed")
      }
      return observed
    }
    return own.filter { !$0.normFactors.contains(poi) }.reduce(
      Array(repeating: 0, count: bins)
    ) { zip($0, $1.yields).map { $0 + $1 } }
  }

  private func sample(_ template: Template) -> Workspace.Sample {
    var modifiers = template.normFactors.map { Workspace.Modifier(name: $0, kind: .normfactor) }
    if hasStatisticalUncertainty, let uncertainties = template.uncertainties {
      modifiers.append(
        .init(name: "staterror_\(template.channel)", kind: .staterror(uncertainties)))
    }
    for variation in template.variations {
      modifiers += variation.modifiers(
        of: template.yields, treatments[variation.name] ?? treatment)
    }
    for rate in template.rates where max(abs(rate.up), abs(rate.down)) > pruning(of: rate.name) {
      modifiers.append(.init(name: rate.name, kind: .normsys(lo: 1 + rate.down, hi: 1 + rate.up)))
    }
    return Workspace.Sample(name: template.sample, data: template.yields, modifiers: modifiers)
  }

  private func pruning(of name: String) -> Double { (treatments[name] ?? treatment).pruning }
}
