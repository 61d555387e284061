// SPDX-License-Identifier: Apache-2.0

/// A compiled model: immutable, shareable between tasks.
///
/// Parameters, their order, starting values, bounds, auxiliary data and expected events are those of
/// pyhf 0.7.6, by default with its default interpolation (normsys code4, histosys code4p).
public final class Model: Sendable {
  /// The parameters in pyhf's order.
  public let parameters: [Parameter]
  /// Name of every slot of the parameter vector: "mu", "gamma[0]".
  public let parameterNames: [String]
  /// Slot of the parameter of interest; nil if the measurement names none.
  public let parameterOfInterest: Int?
  /// Suggested starting values [parameters].
  public let inits: [Double]
  /// Suggested bounds [parameters].
  public let bounds: [ClosedRange<Double>]
  /// Parameters a fit leaves where they are [parameters].
  public let isFixed: [Bool]
  /// Channels in the order of the data (sorted by name).
  public let channelNames: [String]
  /// Observed events of the workspace with the measurement's auxiliary data.
  public let data: ModelData

  /// Interpolation codes and lower limits of yields.
  public let options: ModelOptions
  package let workspace: Workspace
  package let measurement: Workspace.Measurement
  let structure: ModelStructure
  let yieldDependence: YieldDependence
  private let yieldRanges: [String: [String: Range<Int>]]

  /// Compiles a workspace for one of its measurements, or the first.
  ///
  /// - Parameters:
  ///   - workspace: what is modelled.
  ///   - name: the measurement's name.
  ///   - options: interpolation codes and lower limits of yields.
  /// - Throws: `InvalidModel` if parameters clash, the measurement does not fit them, its parameter
  ///   of interest does not exist or has several slots, observations are missing, or a factor of a
  ///   normsys is negative (or 0 with code1).
  public init(
    _ workspace: Workspace, measurement name: String? = nil, options: ModelOptions = .init()
  )
    throws(InvalidModel)
  {
    let measurement = try Self.measurement(name, of: workspace)
    try options.check()
    try workspace.checkShape()
    try workspace.checkFactors(options.normsys)
    let table = try ParameterTable(workspace, measurement: measurement)
    let compiler = ModelCompiler(workspace, table: table, options: options)
    (structure, yieldDependence) = compiler.result(measurement: measurement)
    yieldRanges = compiler.yieldRanges
    self.options = options
    self.workspace = workspace
    self.measurement = measurement
    parameters = table.parameters
    parameterNames = parameters.flatMap(\.slotNames)
    inits = parameters.flatMap(\.inits)
    bounds = parameters.flatMap(\.bounds)
    isFixed = parameters.flatMap(\.isFixed)
    channelNames = workspace.sortedChannels.map(\.name)
    parameterOfInterest = try Self.parameterOfInterest(measurement, table)
    data = ModelData(
      main: try Self.observations(workspace), auxiliary: structure.constraints.auxiliary)
  }

  /// Where the nominal yields of a sample stand in the flat yield vector (channel, sample, bin).
  public func yieldRange(channel: String, sample: String) -> Range<Int>? {
    yieldRanges[channel]?[sample]
  }

  /// Nominal yields of all samples, flat over (channel, sample, bin), both sorted by name.
  public var yields: [Double] {
    Array(UnsafeBufferPointer(start: structure.nominal.base, count: structure.nominal.count))
  }

  /// Events expected in each bin and expected auxiliary data, for a full parameter vector.
  public func expectedData(_ parameters: [Double]) -> ModelData {
    let rates = RateEvaluator(structure, parameterCount: inits.count)
    rates.evaluate(parameters)
    let constraints = structure.constraints
    var auxiliary = constraints.auxiliary
    for i in 0..<constraints.normalParameters.count {
      auxiliary[Int(constraints.normalAuxiliary[i])] =
        parameters[Int(constraints.normalParameters[i])]
    }
    for i in 0..<constraints.poissonParameters.count {
      auxiliary[Int(constraints.poissonAuxiliary[i])] =
        parameters[Int(constraints.poissonParameters[i])] * constraints.poissonTau[i]
    }
    return ModelData(main: rates.expectedEvents, auxiliary: auxiliary)
  }
}

extension Model {
  private static func measurement(
    _ name: String?, of workspace: Workspace
  ) throws(InvalidModel) -> Workspace.Measurement {
    let known = workspace.measurements.map { "'\($0.name)'" }.joined(separator: ", ")
    guard let name else {
      guard let first = workspace.measurements.first else {
        throw InvalidModel("the workspace has no measurement: add one that names the 'poi'")
      }
      return first
    }
    guard let found = workspace.measurements.first(where: { $0.name == name }) else {
      throw InvalidModel("the workspace has no measurement '\(name)' (it has: \(known))")
    }
    return found
  }

  private static func parameterOfInterest(
    _ measurement: Workspace.Measurement, _ table: ParameterTable
  ) throws(InvalidModel) -> Int? {
    if measurement.poi.isEmpty { return nil }
    guard let index = table.index[measurement.poi] else {
      throw InvalidModel(
        "the parameter of interest '\(measurement.poi)' of measurement '\(measurement.name)' is "
          + "made by no modifier: add a signal sample with a normfactor '\(measurement.poi)', "
          + "for example by a patch, or name another parameter")
    }
    let parameter = table.parameters[index]
    guard parameter.range.count == 1 else {
      throw InvalidModel(
        "the parameter of interest '\(measurement.poi)' of measurement '\(measurement.name)' has "
          + "\(parameter.range.count) slots: name a parameter with one")
    }
    return parameter.range.lowerBound
  }

  private static func observations(_ workspace: Workspace) throws(InvalidModel) -> [Double] {
    var main: [Double] = []
    for channel in workspace.sortedChannels {
      guard let observation = workspace.observations.first(where: { $0.name == channel.name })
      else {
        throw InvalidModel(
          "channel '\(channel.name)' has no observation: add one of that name to 'observations'")
      }
      for sample in channel.samples where sample.data.count != observation.data.count {
        throw InvalidModel(
          "sample '\(sample.name)' of channel '\(channel.name)' has \(sample.data.count) bins, "
            + "its observation has \(observation.data.count)")
      }
      main += observation.data
    }
    return main
  }
}
