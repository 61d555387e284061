// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation

extension PlanBuilder {
  /// The kind a generator is run by.
  private static let kind = "command"

  /// The step that makes the signal's events: what somebody would have written as a step of the
  /// kind `command`, whose inputs are the generator's files.
  ///
  /// It is called `generate`, or `generate-signal` in an analysis that has a step of that name.
  func plan(_ generator: GeneratorStep, beside steps: [StepSpecification]) throws -> PlannedStep {
    var id = "generate"
    while steps.contains(where: { $0.id == id }) { id += "-signal" }
    guard let kind = catalog.kinds[Self.kind] else {
      throw refusal(of: id, "this program has no kind of step '\(Self.kind)'")
    }
    let written = WrittenGenerator(generator, id: id, seed: seed, signal: signal.name)
    let diagnostics = Diagnostics()
    let read = kind.read(
      written.parameters,
      in: ParameterContext(
        signal: analysis.signal, luminosity: analysis.luminosity, diagnostics: diagnostics,
        step: written.step, isGenerator: true))
    try diagnostics.throwIfInvalid()
    guard let (parameters, _) = read else {
      throw refusal(of: id, "the kind '\(Self.kind)' cannot use this generator")
    }
    let version = type(of: kind).version
    var components = [
      "kind": Self.kind, "version": String(version),
      "parameters": Fingerprint(of: parameters).hex,
    ]
    var inputs: [String: PlannedInput] = [:]
    for path in generator.files {
      guard let input = signal.inputs["file.\(path)"] else {
        throw refusal(of: id, "the signal '\(signal.name)' lacks the generator's file '\(path)'")
      }
      inputs[path] = .resolved(input)
      components["input.\(path)"] = try Fingerprint(ofCanonicalJSON: Content(input)).hex
    }
    return PlannedStep(
      named: id, kind: Self.kind, kindVersion: version,
      fingerprint: try Fingerprint(ofCanonicalJSON: components), components: components,
      parameters: parameters, inputs: inputs, predecessors: [], dependsOnSignal: true)
  }

  private func refusal(of step: String, _ message: String) -> InvalidSpecification {
    InvalidSpecification(message, path: "step '\(step)'", at: nil)
  }
}

/// A generator as somebody would have written it among the steps of an analysis.
private struct WrittenGenerator {
  let step: SpecificationNode
  let parameters: SpecificationNode

  init(_ generator: GeneratorStep, id: String, seed: UInt64, signal: String) {
    let place = SourceLocation(file: "signal '\(signal)'", line: 1, column: 1)
    func node(_ content: SpecificationNode.Content, _ path: String) -> SpecificationNode {
      SpecificationNode(content: content, path: path, location: place)
    }
    func text(_ text: String, _ path: String) -> SpecificationNode {
      node(.scalar(text, isQuoted: true), path)
    }
    func mapping(_ fields: [(key: String, value: SpecificationNode)], _ path: String)
      -> SpecificationNode
    {
      node(.mapping(fields), path)
    }
    let arguments = generator.arguments.enumerated().map { index, argument in
      text(
        GeneratorPlaceholder.commandArgument(argument, seed: seed), "generator.arguments[\(index)]")
    }
    let outputs = generator.outputs.sorted { $0.key < $1.key }.map { name, output in
      let path = "generator.outputs.\(name)"
      let fields = [
        (key: "path", value: text(output.path, "\(path).path")),
        (key: "type", value: text(output.type.rawValue, "\(path).type")),
      ]
      return (key: name, value: mapping(fields, path))
    }
    let limit = PointText.number(generator.timeLimit)
    parameters = mapping(
      [
        ("arguments", node(.sequence(arguments), "generator.arguments")),
        ("outputs", mapping(outputs, "generator.outputs")),
        ("time_limit_s", node(.scalar(limit, isQuoted: false), "generator.time_limit")),
      ], "generator")
    let inputs = generator.files.map { path in
      (key: path, value: text("signal.file.\(path)", "generator.files"))
    }
    step = mapping(
      [
        ("id", text(id, "generator")), ("kind", text("command", "generator")),
        ("inputs", mapping(inputs, "generator.files")), ("parameters", parameters),
      ], "generator")
  }
}
