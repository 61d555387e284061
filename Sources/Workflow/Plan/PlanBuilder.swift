// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation

/// Gives every step its inputs and its fingerprint.
struct PlanBuilder {
  let analysis: AnalysisSpecification
  let files: [String: Artifact]
  let signal: Signal
  let seed: UInt64
  let catalog: StepCatalog

  func steps() throws -> [PlannedStep] {
    let provided = Set(signal.inputs.keys).union(signal.generator?.outputs.keys ?? [:].keys)
    let scope = try PlanScope(analysis, provided: provided)
    let specifications = scope.steps
    let generator = try signal.generator.map { try plan($0, beside: specifications) }
    var planned: [String: PlannedStep] = [:]
    let steps = try StepOrder(specifications).indices.map { index in
      let step = try plan(specifications[index], in: scope, generator, after: planned)
      planned[step.id] = step
      return step
    }
    return [generator].compactMap(\.self) + steps
  }

  private func plan(
    _ step: StepSpecification, in scope: PlanScope, _ generator: PlannedStep?,
    after planned: [String: PlannedStep]
  ) throws -> PlannedStep {
    guard let kind = catalog.kinds[step.kind].map({ type(of: $0) }) else {
      throw refusal(of: step, "this program has no kind of step '\(step.kind)'")
    }
    var components = [
      "kind": step.kind, "version": String(kind.version),
      "parameters": Fingerprint(of: step.parameters).hex,
    ]
    if kind.usesSeed { components["seed"] = String(seed) }
    if kind.usesLuminosity, let luminosity = analysis.luminosity {
      components["luminosity"] = try CanonicalJSON.text(luminosity)
    }
    var inputs: [String: PlannedInput] = [:]
    var dependsOnSignal = false
    var predecessors: Set<String> = []
    for (name, reference) in step.inputs {
      guard let input = try input(reference, of: step, in: scope, generator) else { continue }
      inputs[name] = input
      switch input {
      case .resolved(let value):
        components["input.\(name)"] = try Fingerprint(ofCanonicalJSON: Content(value)).hex
      case .output(let producer, let output, let value):
        let maker = producer == generator?.id ? generator : planned[producer]
        guard let maker else { throw refusal(of: step, "there is no step '\(producer)'") }
        let read = value.map { ".\(Fingerprint(of: $0))" } ?? ""
        components["input.\(name)"] = "\(maker.fingerprint).\(output)\(read)"
        dependsOnSignal = dependsOnSignal || maker.dependsOnSignal
        predecessors.insert(producer)
      }
      if case .signal = reference { dependsOnSignal = true }
      if scope.replaced.contains(reference.description) { dependsOnSignal = true }
    }
    return PlannedStep(
      named: step.id, kind: step.kind, kindVersion: kind.version,
      fingerprint: try Fingerprint(ofCanonicalJSON: components), components: components,
      parameters: step.parameters, inputs: inputs, predecessors: predecessors.sorted(),
      dependsOnSignal: dependsOnSignal)
  }

  /// nil: an optional part that the signal lacks.
  private func input(
    _ reference: Reference, of step: StepSpecification, in scope: PlanScope,
    _ generator: PlannedStep?
  ) throws -> PlannedInput? {
    switch reference {
    case .output(let producer, let name):
      guard let replacement = signal.inputs[reference.description] else {
        return .output(step: producer, name: name)
      }
      let output = analysis.steps.first { $0.id == producer }?.outputs.first { $0.name == name }
      let isSingleFile = output?.accepted.first?.isSingleFile ?? true
      if isSingleFile, replacement.artifacts.count != 1, replacement.value == nil {
        throw refusal(
          of: step,
          "the signal '\(signal.name)' brings \(replacement.artifacts.count) files for "
            + "'\(reference)', which is one file")
      }
      return .resolved(replacement)
    case .file(let path):
      guard let artifact = files[path] else {
        throw refusal(of: step, "the file '\(path)' was not stored with the analysis")
      }
      return .resolved(StepInput(artifacts: [artifact]))
    case .signal(let part):
      if let input = signal.inputs[part] { return .resolved(input) }
      if let generator, let made = signal.generator, made.outputs[part] != nil {
        let value = part == SignalPart.events.rawValue ? made.events : nil
        return .output(
          step: generator.id, name: part, value: try value.map { try CanonicalJSON.data($0) })
      }
      let isRequired = analysis.signal.parts.contains {
        $0.part.rawValue == part && $0.presence == .required
      }
      if isRequired {
        let replaced = scope.replaced.sorted().joined(separator: "', '")
        let hint =
          replaced.isEmpty
          ? "" : "; it brings '\(replaced)' instead, but this step is needed all the same"
        throw refusal(of: step, "the signal '\(signal.name)' has no '\(part)'\(hint)")
      }
      return nil
    }
  }

  private func refusal(of step: StepSpecification, _ message: String) -> InvalidSpecification {
    InvalidSpecification(message, path: "step '\(step.id)'", at: step.location)
  }

  /// What of an input reaches the fingerprint: bytes and values, not media types.
  struct Content: Encodable {
    let files: [Fingerprint]
    let value: Data?

    init(_ input: StepInput) {
      files = input.artifacts.map(\.digest)
      value = input.value
    }
  }
}
