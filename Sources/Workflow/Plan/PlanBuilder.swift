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
    let specifications = analysis.steps
    let indices = Dictionary(
      specifications.indices.map { (specifications[$0].id, $0) }
    ) { first, _ in first }
    let order = StepOrder(
      predecessors: specifications.map { step in
        Self.predecessors(of: step).compactMap { indices[$0] }
      })
    var planned: [String: PlannedStep] = [:]
    return try order.indices.map { index in
      let step = try plan(specifications[index], after: planned)
      planned[step.id] = step
      return step
    }
  }

  private func plan(_ step: StepSpecification, after planned: [String: PlannedStep]) throws
    -> PlannedStep
  {
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
    for (name, reference) in step.inputs {
      guard let input = try input(reference, of: step) else { continue }
      inputs[name] = input
      switch input {
      case .resolved(let value):
        components["input.\(name)"] = try Fingerprint(ofCanonicalJSON: Content(value)).hex
      case .output(let producer, let output):
        guard let producer = planned[producer] else {
          throw refusal(of: step, "there is no step '\(producer)'")
        }
        components["input.\(name)"] = "\(producer.fingerprint).\(output)"
        dependsOnSignal = dependsOnSignal || producer.dependsOnSignal
      }
      if case .signal = reference { dependsOnSignal = true }
    }
    return PlannedStep(
      named: step.id, kind: step.kind, kindVersion: kind.version,
      fingerprint: try Fingerprint(ofCanonicalJSON: components), components: components,
      parameters: step.parameters, inputs: inputs, predecessors: Self.predecessors(of: step),
      dependsOnSignal: dependsOnSignal)
  }

  /// nil: an optional part that the signal lacks.
  private func input(_ reference: Reference, of step: StepSpecification) throws -> PlannedInput? {
    switch reference {
    case .output(let step, let name): return .output(step: step, name: name)
    case .file(let path):
      guard let artifact = files[path] else {
        throw refusal(of: step, "the file '\(path)' was not stored with the analysis")
      }
      return .resolved(StepInput(artifacts: [artifact]))
    case .signal(let part):
      if let input = signal.inputs[part] { return .resolved(input) }
      let isRequired = analysis.signal.parts.contains {
        $0.part.rawValue == part && $0.presence == .required
      }
      if isRequired {
        throw refusal(of: step, "the signal '\(signal.name)' has no '\(part)'")
      }
      return nil
    }
  }

  private func refusal(of step: StepSpecification, _ message: String) -> InvalidSpecification {
    InvalidSpecification(message, path: "step '\(step.id)'", at: step.location)
  }

  private static func predecessors(of step: StepSpecification) -> [String] {
    let producers = step.inputs.compactMap { input in
      if case .output(let step, _) = input.reference { step } else { nil }
    }
    return Set(producers).sorted()
  }

  /// What of an input reaches the fingerprint: bytes and values, not media types.
  private struct Content: Encodable {
    let files: [Fingerprint]
    let value: Data?

    init(_ input: StepInput) {
      files = input.artifacts.map(\.digest)
      value = input.value
    }
  }
}
