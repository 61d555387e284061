// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Workflow

/// Kinds that do nothing but have parameters and ports like those of real ones.
protocol TestKind: StepKind where Parameters == TestParameters {
  static var ports: Ports { get }
}

struct TestParameters: Codable, Sendable {
  var level: Double
  var cuts: [String]
}

extension TestKind {
  static var version: Int { 1 }

  func parameters(from node: SpecificationNode?, in context: ParameterContext) -> TestParameters? {
    guard let node else { return TestParameters(level: 1, cuts: []) }
    let reader = FieldReader(node, context.diagnostics)
    let level = reader.double("level", in: 0...10)
    let cuts = reader.strings("cuts")
    reader.finish()
    return TestParameters(level: level ?? 1, cuts: cuts ?? [])
  }

  func ports(for parameters: TestParameters) -> Ports { Self.ports }

  func run(_ parameters: TestParameters, in context: StepContext) async throws -> StepOutput {
    StepOutput()
  }
}

struct Selection: TestKind {
  static let name = "selection"
  static let ports = Ports(
    inputs: [Port("events", .events)],
    outputs: [Port("yields", .yields), Port("histogram", .json)])
}

struct SignalModel: TestKind {
  static let name = "signal-model"
  static let usesLuminosity = true
  static let ports = Ports(
    inputs: [
      Port("background", .workspace), Port("yields", .yields, isRequired: false),
      Port("cross_section_pb", .crossSection, isRequired: false),
      Port("patch", .patch, isRequired: false),
    ],
    outputs: [Port("workspace", .workspace)])
}

struct Limit: TestKind {
  static let name = "upper-limit"
  static let usesSeed = true
  static let ports = Ports(inputs: [Port("workspace", .workspace)], outputs: [])
}

/// A kind of any shape: takes anything from anywhere.
struct Merge: TestKind {
  static let name = "merge"
  static let ports = Ports(
    inputs: (0..<6).map { Port("in\($0)", .file, .events, isRequired: false) },
    outputs: [Port("out", .file)])
}

/// The kind `merge` after its outputs changed.
struct NewerMerge: TestKind {
  static let name = "merge"
  static let version = 2
  static let ports = Merge.ports
}

/// A kind that runs programs: its parameters are what it was told to run.
struct Command: StepKind {
  struct Parameters: Codable, Sendable {
    var arguments: [String]
    var inputs: [String]
    var outputs: [String: String]
    var timeLimit: Double
  }

  static let name = "command"
  static let version = 7

  func parameters(from node: SpecificationNode?, in context: ParameterContext) -> Parameters? {
    guard let node else { return nil }
    let reader = FieldReader(node, context.diagnostics)
    let arguments = reader.strings("arguments", required: true)
    let outputs = (reader.fields("outputs") ?? []).map { name, node in
      (name, node.fields?.first { $0.key == "type" }?.value.string(context.diagnostics) ?? "file")
    }
    let timeLimit = reader.double("time_limit_s")
    reader.finish()
    if arguments?.first == "forbidden" {
      context.diagnostics.error("this program may not be run", at: node)
    }
    let inputs = context.step.fields?.first { $0.key == "inputs" }?.value.fields ?? []
    return arguments.map {
      Parameters(
        arguments: $0, inputs: inputs.map(\.key),
        outputs: Dictionary(uniqueKeysWithValues: outputs), timeLimit: timeLimit ?? 1)
    }
  }

  func ports(for parameters: Parameters) -> Ports {
    Ports(
      inputs: parameters.inputs.map { Port($0, .file, .events) },
      outputs: parameters.outputs.map { Port($0.key, PortType(rawValue: $0.value)) })
  }

  func run(_ parameters: Parameters, in context: StepContext) async throws -> StepOutput {
    StepOutput()
  }
}

/// A kind that warns of itself.
struct Old: TestKind {
  static let name = "old"
  static let ports = Ports(inputs: [], outputs: [])

  func parameters(from node: SpecificationNode?, in context: ParameterContext) -> TestParameters? {
    context.diagnostics.warning("the kind 'old' will go", at: context.step)
    return TestParameters(level: 1, cuts: [])
  }
}

extension StepCatalog {
  static let test = StepCatalog([Selection(), SignalModel(), Limit(), Merge()])
  /// With a kind that generators are run by.
  static let testWithCommand = StepCatalog([
    Selection(), SignalModel(), Limit(), Merge(), Command(),
  ])
}

/// An analysis that is right in every respect.
let validAnalysis = """
  schema: 1
  analysis: squark-multijet
  title: Squarks and gluinos
  references: ["arXiv:2010.14293"]
  luminosity_ifb: 139
  signal:
    events: {columns: {MET_pt: float, Jet: {pt: float, btag: double?}, weight: double}}
    cross_section_pb: required
  steps:
    - id: select
      kind: selection
      inputs: {events: signal.events}
      parameters: {level: 2, cuts: [a, b]}
    - id: model
      kind: signal-model
      inputs:
        background: file.data/background.json
        yields: select.yields
        cross_section_pb: signal.cross_section_pb
    - id: limit
      kind: upper-limit
      inputs: {workspace: model.workspace}
  validate: {signals: signals/*.yaml, expected: expected/*.yaml}

  """

/// An analysis, with some of its text replaced.
func analysis(
  _ yaml: String = validAnalysis, replacing replacements: [String: String] = [:],
  in directory: URL? = nil, catalog: StepCatalog = .test
) throws(InvalidSpecification) -> AnalysisSpecification {
  var yaml = yaml
  for (old, new) in replacements { yaml = yaml.replacingOccurrences(of: old, with: new) }
  return try AnalysisSpecification(
    yaml: yaml, file: "analysis.yaml", directory: directory, catalog: catalog)
}

/// What reading an analysis says: nothing, or the diagnostics.
func refusal(
  _ yaml: String = validAnalysis, replacing replacements: [String: String] = [:],
  in directory: URL? = nil
) -> String? {
  do {
    _ = try analysis(yaml, replacing: replacements, in: directory)
    return nil
  } catch {
    return error.description
  }
}

/// A folder that is removed with the test.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("workflow-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    // The folder is the operating system's to remove when this fails.
    try? FileManager.default.removeItem(at: url)
  }

  func write(_ text: String, to path: String) throws {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}
