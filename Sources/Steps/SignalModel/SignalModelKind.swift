// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import HistFactory
public import Workflow

/// `signal-model`: adds a signal's sample to a background workspace.
///
/// Inputs `background` (a workspace), either `yields` (of a selection, or the signal's own) or
/// `patch`, and `cross_section_pb` (needed with the yields of a selection); outputs `workspace` and
/// `signal`. Results: `yield` of each channel with its statistical uncertainty.
public struct SignalModelKind: StepKind {
  /// How the signal enters the model.
  public struct Parameters: Codable, Sendable {
    /// Name of the sample.
    public var sample: String
    /// Name of the signal strength, a normfactor.
    public var poi: String
    /// Whether the yields' statistical uncertainties become staterrors.
    public var statisticalUncertainty: Bool
    /// Variations that become histosys; nil takes all the yields have.
    public var variations: [String]?
    /// A variation that changes no bin by more than this fraction is left out; nil keeps all.
    public var pruning: Double?
  }

  public static let name = "signal-model"
  public static let version = 1
  public static let quantities: Set<Quantity>? = [.yield]
  public static let usesLuminosity = true

  /// A signal model.
  public init() {}

  public func parameters(from node: SpecificationNode?, in context: ParameterContext) -> Parameters?
  {
    let before = context.diagnostics.all.count
    checkInputs(context)
    guard let node else {
      context.diagnostics.error(
        "a signal model needs 'parameters' with 'sample' and 'poi'", at: context.step)
      return nil
    }
    let reader = FieldReader(node, context.diagnostics)
    let sample = reader.string("sample", required: true)
    let poi = reader.string("poi", required: true)
    let statisticalUncertainty = reader.node("statistical_uncertainty")
    let variations = reader.node("variations")
    let isStatistical = reader.bool("statistical_uncertainty") ?? true
    let names = reader.strings("variations")
    let pruningNode = reader.node("prune_below")
    let pruning = reader.double("prune_below", in: 0...1)
    reader.finish()
    if Self.input("patch", of: context) != nil {
      for node in [statisticalUncertainty, variations, pruningNode].compactMap(\.self) {
        context.diagnostics.error(
          "a patch says itself which modifiers its sample has; this has no meaning beside it",
          at: node)
      }
    }
    guard context.diagnostics.all.count == before, let sample, let poi else { return nil }
    return Parameters(
      sample: sample, poi: poi, statisticalUncertainty: isStatistical, variations: names,
      pruning: pruning)
  }

  private static func input(_ name: String, of context: ParameterContext) -> SpecificationNode? {
    let inputs = context.step.fields?.first { $0.key == "inputs" }?.value
    return inputs?.fields?.first { $0.key == name }?.value
  }

  /// Signal comes as yields or as a patch; yields of a selection need a cross section, and nothing
  /// else can have one.
  private func checkInputs(_ context: ParameterContext) {
    let yields = Self.input("yields", of: context)
    let patch = Self.input("patch", of: context)
    let crossSection = Self.input("cross_section_pb", of: context)
    guard let yields, patch == nil else {
      if let patch, yields != nil {
        context.diagnostics.error("a signal comes as 'yields' or as 'patch', not both", at: patch)
      } else if patch == nil {
        context.diagnostics.error(
          "a signal model needs the input 'yields' or 'patch'", at: context.step)
      } else if let crossSection {
        context.diagnostics.error(
          "a patch brings expected events already; a cross section has no meaning beside it",
          at: crossSection)
      }
      return
    }
    guard case .scalar(let reference, _) = yields.content else { return }
    if reference == "signal.yields", let crossSection {
      context.diagnostics.error(
        "'signal.yields' are expected events already; a cross section has no meaning beside them",
        at: crossSection)
    } else if reference != "signal.yields", crossSection == nil {
      context.diagnostics.error(
        "yields of a selection become events with a cross section: add "
          + "'cross_section_pb: signal.cross_section_pb'", at: yields)
    }
  }

  public func ports(for parameters: Parameters) -> Ports {
    Ports(
      inputs: [
        Port("background", .workspace), Port("yields", .yields, isRequired: false),
        Port("patch", .patch, isRequired: false),
        Port("cross_section_pb", .crossSection, isRequired: false),
      ], outputs: [Port("workspace", .workspace), Port("signal", .signalSample)])
  }

  public func run(_ parameters: Parameters, in context: StepContext) async throws -> StepOutput {
    if context.inputs["patch"] != nil { return try patched(parameters, in: context) }
    let signals = try signals(parameters, in: context)
    var patcher = SignalPatcher(try context.workspace(of: "background"), parameters)
    try patcher.checkParameterOfInterest()
    try patcher.check(signals)
    let sample = patcher.add(signals)
    for channel in patcher.channelsWithoutSignal {
      context.log("channel '\(channel)' gets no signal")
    }
    for variation in patcher.pruned {
      context.log("variation \(variation) changes too little to be kept")
    }
    // Reading it back refuses what the background and the signal make only together.
    let workspace = try Workspace(
      json: patcher.workspace.jsonData(), source: "background with signal")
    return StepOutput(
      artifacts: try artifacts(workspace, sample, in: context),
      results: signals.flatMap(Self.results))
  }

  private func patched(_ parameters: Parameters, in context: StepContext) throws -> StepOutput {
    let workspace = try PatchedSignal(in: context).workspace
    try SignalPatcher(workspace, parameters).checkParameterOfInterest()
    let sample = try SignalSample(parameters, in: workspace)
    let rows = sample.channels.flatMap { channel in
      Self.results(
        of: ChannelSignal(
          region: channel.channel, channel: channel.channel, yields: channel.yields))
    }
    return StepOutput(artifacts: try artifacts(workspace, sample, in: context), results: rows)
  }

  private func artifacts(_ workspace: Workspace, _ sample: SignalSample, in context: StepContext)
    throws -> [String: Artifact]
  {
    [
      "workspace": try context.store.put(
        Data(workspace.jsonData()), mediaType: "application/json"),
      "signal": try context.put(sample),
    ]
  }

  private func signals(_ parameters: Parameters, in context: StepContext) throws -> [ChannelSignal]
  {
    if context.inputs["yields"]?.value != nil {
      guard let yields = try context.value(of: "yields", as: SignalYields.self) else { return [] }
      return ChannelSignal.signals(of: yields)
    }
    let yields = try JSONDecoder().decode(
      SelectionYields.self, from: try context.bytes(of: "yields"))
    guard let crossSection = try context.crossSection(of: "cross_section_pb")
    else {
      throw StepError(
        "the signal gives no cross section, without which the yields of a selection are no events: "
          + "add 'cross_section_pb' to the signal")
    }
    guard let luminosity = context.luminosity else {
      throw StepError("the analysis gives no luminosity: add 'luminosity_ifb'")
    }
    return try ChannelSignal.signals(
      of: yields, variations: parameters.variations, crossSection: crossSection,
      luminosity: Luminosity(inverseFemtobarns: luminosity))
  }

  /// A row for each bin; a channel of one bin is named without a position.
  private static func results(of signal: ChannelSignal) -> [ResultValue] {
    signal.yields.indices.map { bin in
      ResultValue(
        .yield, subject: signal.yields.count == 1 ? signal.channel : "\(signal.channel)[\(bin)]",
        value: signal.yields[bin], uncertainty: signal.uncertainties?[bin], entries: signal.entries,
        sumW: signal.sumW, sumW2: signal.sumW2)
    }
  }
}
