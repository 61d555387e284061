// SPDX-License-Identifier: Apache-2.0

/// The parameters of a workspace for one measurement, in pyhf's order.
///
/// pyhf 0.7.6 goes through the kinds of modifiers (histosys, lumi, normfactor, normsys, shapefactor,
/// shapesys, staterror) and for each through channels, samples and modifiers sorted by name; a
/// parameter takes its place where its name is first met.
struct ParameterTable {
  private(set) var parameters: [Parameter] = []
  private(set) var index: [String: Int] = [:]
  /// Where the slots of each channel begin within a staterror: name → channel → offset.
  let staterrorOffsets: [String: [String: Int]]
  /// Parameters that some histosys uses.
  let histosysNames: Set<String>

  init(_ workspace: Workspace, measurement: Workspace.Measurement) throws(InvalidModel) {
    var collector = RequirementCollector()
    try collector.collect(workspace)
    staterrorOffsets = collector.staterrorOffsets
    histosysNames = collector.histosysNames
    var configurations: [String: Workspace.ParameterConfiguration] = [:]
    for configuration in measurement.parameters {
      if configurations.updateValue(configuration, forKey: configuration.name) != nil {
        throw InvalidModel(
          "measurement '\(measurement.name)' configures parameter '\(configuration.name)' twice: "
            + "keep one entry")
      }
    }
    var start = 0
    for (name, requirement) in collector.requirements {
      let parameter = try Parameter(
        name: name, start: start, requirement: requirement, configuration: configurations[name],
        measurement: measurement.name)
      index[name] = parameters.count
      parameters.append(parameter)
      start = parameter.range.upperBound
    }
    if parameters.isEmpty {
      throw InvalidModel("the workspace has no modifier, so its model has no parameter to fit")
    }
  }

  /// First slot of a parameter that is known to exist.
  func start(_ name: String) -> Int { index[name].map { parameters[$0].range.lowerBound } ?? 0 }
}

extension Parameter {
  fileprivate init(
    name: String, start: Int, requirement: ParameterRequirement,
    configuration: Workspace.ParameterConfiguration?, measurement: String
  ) throws(InvalidModel) {
    /// The measurement's values, else the modifier's, in the right number.
    func settle<Value>(
      _ given: [Value]?, _ standard: [Value]?, _ field: String
    ) throws(InvalidModel) -> [Value] {
      guard let values = given ?? standard else {
        throw InvalidModel(
          "parameter '\(name)' needs '\(field)' in measurement '\(measurement)': "
            + "add {\"name\": \"\(name)\", \"\(field)\": […]} to its parameters")
      }
      guard values.count == requirement.count else {
        throw InvalidModel(
          "parameter '\(name)' has \(requirement.count) slot(s) but measurement '\(measurement)' "
            + "gives \(values.count) value(s) for '\(field)'")
      }
      return values
    }
    func refuse(_ field: String) -> InvalidModel {
      InvalidModel(
        "measurement '\(measurement)' sets '\(field)' of parameter '\(name)', which has none: "
          + "remove it")
    }
    self.name = name
    range = start..<start + requirement.count
    isScalar = requirement.isScalar
    inits = try settle(configuration?.inits, requirement.inits, "inits")
    bounds = try settle(configuration?.bounds, requirement.bounds, "bounds")
    isFixed =
      configuration?.isFixed.map { Array(repeating: $0, count: requirement.count) }
      ?? requirement.isFixed
    if configuration?.sigmas != nil, !requirement.acceptsSigmas { throw refuse("sigmas") }
    switch requirement.form {
    case .free:
      if configuration?.auxiliaryData != nil { throw refuse("auxdata") }
      constraint = .none
    case .normal:
      constraint = .normal(
        auxiliary: try settle(configuration?.auxiliaryData, requirement.auxiliary, "auxdata"),
        sigmas: try settle(configuration?.sigmas, requirement.sigmas, "sigmas"))
    case .poisson:
      constraint = .poisson(
        auxiliary: try settle(configuration?.auxiliaryData, requirement.auxiliary, "auxdata"),
        tau: requirement.tau)
    }
  }
}
