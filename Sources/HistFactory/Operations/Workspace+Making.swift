// SPDX-License-Identifier: Apache-2.0

extension Workspace {
  /// The workspace of a model and data, with everything its parameters have by default written out
  /// in its one measurement, as pyhf's `Workspace.build` has it.
  ///
  /// - Parameters:
  ///   - model: what is expected.
  ///   - data: observed events, of the model's bins.
  ///   - name: the measurement's name.
  /// - Throws: data of another number of bins.
  public init(_ model: Model, data: ModelData, measurement name: String = "measurement")
    throws(InvalidWorkspace)
  {
    var observations: [Observation] = []
    var start = 0
    for channel in model.workspace.sortedChannels {
      let end = start + (channel.samples.first?.data.count ?? 0)
      guard end <= data.main.count else { break }
      observations.append(Observation(name: channel.name, data: Array(data.main[start..<end])))
      start = end
    }
    guard start == data.main.count, observations.count == model.channelNames.count else {
      throw InvalidWorkspace(
        source: "workspace",
        problems: [
          .init(
            source: "workspace", path: "observations",
            message: "\(data.main.count) observed events do not fit the bins of the model")
        ])
    }
    let configured = Dictionary(
      model.measurement.parameters.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let parameters = model.parameters.map { parameter in
      ParameterConfiguration(parameter, given: configured[parameter.name])
    }
    self.init(
      channels: model.workspace.channels, observations: observations,
      measurements: [Measurement(name: name, poi: model.measurement.poi, parameters: parameters)],
      version: model.workspace.version)
  }

  /// One channel of a signal and a background whose bins are uncertain independently of each other:
  /// pyhf's `simplemodels.uncorrelated_background`, with its names.
  ///
  /// - Parameters:
  ///   - signal: events at μ = 1 [bins].
  ///   - background: events [bins].
  ///   - uncertainty: of the background, absolute [bins].
  ///   - observed: events [bins].
  /// - Throws: lengths that differ, negative uncertainties or observations.
  public static func uncorrelatedBackground(
    signal: [Double], background: [Double], uncertainty: [Double], observed: [Double]
  ) throws(InvalidWorkspace) -> Workspace {
    try oneChannel(
      "singlechannel", signal: signal, background: background,
      Modifier(name: "uncorr_bkguncrt", kind: .shapesys(uncertainty)), observed: observed)
  }

  /// One channel of a signal and a background all of whose bins vary together: pyhf's
  /// `simplemodels.correlated_background`, with its names.
  ///
  /// - Parameters:
  ///   - signal: events at μ = 1 [bins].
  ///   - background: events [bins].
  ///   - up: the background at +1σ [bins].
  ///   - down: the background at −1σ [bins].
  ///   - observed: events [bins].
  /// - Throws: lengths that differ, negative observations.
  public static func correlatedBackground(
    signal: [Double], background: [Double], up: [Double], down: [Double], observed: [Double]
  ) throws(InvalidWorkspace) -> Workspace {
    try oneChannel(
      "single_channel", signal: signal, background: background,
      Modifier(name: "correlated_bkg_uncertainty", kind: .histosys(lo: down, hi: up)),
      observed: observed)
  }

  private static func oneChannel(
    _ channel: String, signal: [Double], background: [Double], _ modifier: Modifier,
    observed: [Double]
  ) throws(InvalidWorkspace) -> Workspace {
    let samples = [
      Sample(name: "signal", data: signal, modifiers: [Modifier(name: "mu", kind: .normfactor)]),
      Sample(name: "background", data: background, modifiers: [modifier]),
    ]
    return try Workspace(
      channels: [Channel(name: channel, samples: samples)],
      observations: [Observation(name: channel, data: observed)],
      measurements: [Measurement(name: "measurement", poi: "mu", parameters: [])]
    ).checked("the simple model")
  }
}

extension Workspace.ParameterConfiguration {
  /// What a model's parameter suggests. The constraint is written only where the measurement had to
  /// give it; a parameter fixed in some of its slots is so by its modifiers.
  fileprivate init(_ parameter: Parameter, given: Workspace.ParameterConfiguration?) {
    let isFixed = Set(parameter.isFixed)
    self.init(
      name: parameter.name, inits: parameter.inits, bounds: parameter.bounds,
      auxiliaryData: given?.auxiliaryData, sigmas: given?.sigmas,
      isFixed: isFixed.count == 1 ? isFixed.first : nil)
  }
}
