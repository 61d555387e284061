// SPDX-License-Identifier: Apache-2.0
import Workflow

/// Reads the parameters of a `command` step.
struct CommandReader {
  /// Types an output may have: those that are one file.
  static let types: [PortType] = [
    .file, .json, .yields, .workspace, .patch, .signalSample, .crossSection,
  ]

  let context: ParameterContext
  private var diagnostics: Diagnostics { context.diagnostics }

  init(_ context: ParameterContext) { self.context = context }

  func parameters(_ node: SpecificationNode) -> CommandParameters? {
    let before = diagnostics.all.count
    let reader = FieldReader(node, diagnostics)
    let arguments = reader.elements("arguments", required: true) ?? []
    let outputs = outputs(reader.fields("outputs") ?? [])
    let environment = environment(reader.fields("environment") ?? [])
    let timeLimit = reader.double("time_limit_s", in: 0.001...2_592_000)
    let results = reader.node("results")
    reader.finish()
    let inputs = inputs()
    let texts = arguments.compactMap { $0.string(diagnostics) }
    if arguments.isEmpty, let list = node.fields?.first(where: { $0.key == "arguments" })?.value {
      diagnostics.error("the first argument is the program, so there must be one", at: list)
    }
    for (argument, node) in zip(texts, arguments) {
      check(argument, at: node, inputs: inputs, outputs: outputs.keys.sorted())
    }
    let resultsName = results.flatMap { self.results($0, outputs) }
    guard diagnostics.all.count == before else { return nil }
    return CommandParameters(
      arguments: texts, inputs: inputs, outputs: outputs, environment: environment,
      timeLimit: timeLimit ?? 3_600, results: resultsName)
  }

  /// Names under the step's `inputs:`.
  private func inputs() -> [String] {
    let inputs = context.step.fields?.first { $0.key == "inputs" }?.value.fields ?? []
    for (name, node) in inputs {
      // A name is where the input is placed, below the folder of inputs.
      let parts = name.split(separator: "/", omittingEmptySubsequences: false)
      if parts.contains(where: { ["", ".", ".."].contains($0) }) || name.contains("\0") {
        diagnostics.error(
          "'\(name)' cannot be the name of an input of a command: it becomes a path such as "
            + "'inputs/events'", atKeyOf: node)
      }
    }
    return inputs.map(\.key).sorted()
  }

  private func outputs(_ fields: [(key: String, value: SpecificationNode)])
    -> [String: CommandParameters.Output]
  {
    var outputs: [String: CommandParameters.Output] = [:]
    for (name, node) in fields {
      let reader = FieldReader(node, diagnostics)
      let pathNode = reader.node("path", required: true)
      let type = reader.node("type")
      reader.finish()
      let path = pathNode?.string(diagnostics)
      if let path, let pathNode, let problem = Self.problem(with: path) {
        diagnostics.error("'\(path)' \(problem)", at: pathNode)
      }
      let twin = outputs.first { $0.value.path == path }?.key
      if let twin, let pathNode {
        diagnostics.error("output '\(twin)' has the same path; give each its own", at: pathNode)
      }
      let typeName = type.map { self.type($0) ?? "" } ?? PortType.file.rawValue
      if let path { outputs[name] = .init(path: path, type: typeName) }
    }
    return outputs
  }

  private func type(_ node: SpecificationNode) -> String? {
    guard let text = node.string(diagnostics) else { return nil }
    if text == PortType.events.rawValue {
      if context.isGenerator { return text }
      diagnostics.error(
        "events are what a signal brings or its generator makes; a step cannot make them", at: node)
      return nil
    }
    let names = Self.types.map(\.rawValue)
    if names.contains(text) { return text }
    let hint = Suggestion.hint(for: text, among: names, known: "types")
    diagnostics.error("'\(text)' is not a type of output\(hint)", at: node)
    return nil
  }

  /// Why a path may not be that of an output; nil if it may.
  static func problem(with path: String) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    if path.hasPrefix("/") { return "is absolute; outputs are written below the step's folder" }
    if parts.contains("..") { return "leaves the step's folder ('..')" }
    if parts.contains("") || parts.contains(".") || path.contains("\0") {
      return "is not a plain path such as 'out/histogram.json'"
    }
    if parts.first == "inputs" { return "lies where the inputs are; take another folder" }
    return nil
  }

  private func environment(_ fields: [(key: String, value: SpecificationNode)]) -> [String: String]
  {
    var environment: [String: String] = [:]
    for (name, node) in fields {
      if name.isEmpty || name.contains("=") || name.contains("\0") {
        diagnostics.error("'\(name)' can't be the name of a variable", atKeyOf: node)
      }
      environment[name] = node.string(diagnostics)
    }
    return environment
  }

  private func results(
    _ node: SpecificationNode, _ outputs: [String: CommandParameters.Output]
  ) -> String? {
    guard let name = node.string(diagnostics) else { return nil }
    guard let output = outputs[name] else {
      let hint = Suggestion.hint(for: name, among: outputs.keys.sorted(), known: "outputs")
      diagnostics.error("'\(name)' is not an output of this step\(hint)", at: node)
      return nil
    }
    if output.type != PortType.json.rawValue {
      diagnostics.error(
        "results are read from an output of type 'json', but '\(name)' is of type "
          + "'\(output.type)'", at: node)
    }
    return name
  }

  private func check(
    _ argument: String, at node: SpecificationNode, inputs: [String], outputs: [String]
  ) {
    if argument.contains("\0") {
      diagnostics.error("an argument can't contain the character 0", at: node)
    }
    for placeholder in CommandPlaceholder.all(in: argument) {
      let (noun, names) =
        placeholder.kind == .input ? ("input", inputs) : ("output", outputs)
      guard !names.contains(placeholder.name) else { continue }
      let hint = Suggestion.hint(for: placeholder.name, among: names, known: "\(noun)s")
      diagnostics.error(
        "'{\(noun).\(placeholder.name)}': the step has no \(noun) '\(placeholder.name)'\(hint)",
        at: node)
    }
  }
}
