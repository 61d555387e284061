// SPDX-License-Identifier: Apache-2.0

/// Checks what the inputs of steps refer to: that it exists, that its type fits, that nothing goes
/// round in a circle.
struct EdgeChecker {
  let drafts: [DraftStep]
  let signal: SignalDeclaration
  let folder: SpecificationFolder
  let diagnostics: Diagnostics
  private let indices: [String: Int]

  init(
    drafts: [DraftStep], signal: SignalDeclaration, folder: SpecificationFolder,
    diagnostics: Diagnostics
  ) {
    self.drafts = drafts
    self.signal = signal
    self.folder = folder
    self.diagnostics = diagnostics
    indices = Dictionary(
      drafts.indices.filter { drafts[$0].idNode != nil }.map { (drafts[$0].id, $0) }
    ) { first, _ in first }
  }

  func check() {
    for draft in drafts {
      checkInputs(of: draft)
      checkRequired(draft)
    }
    checkCycles()
  }

  private func checkInputs(of draft: DraftStep) {
    for (name, node, reference) in draft.inputs {
      let type = type(of: reference, at: node)
      guard let ports = draft.ports else { continue }
      guard let port = ports.inputs.first(where: { $0.name == name }) else {
        let hint = Suggestion.hint(
          for: name, among: ports.inputs.map(\.name), known: "it has")
        diagnostics.error(
          "'\(name)' is not an input of kind '\(draft.kind)'\(hint)", atKeyOf: node)
        continue
      }
      guard let type else { continue }
      if !port.accepts(type) {
        let accepted = port.accepted.map(\.rawValue).joined(separator: " or ")
        diagnostics.error(
          "'\(reference)' is \(type.rawValue), but the input '\(name)' of kind '\(draft.kind)' "
            + "takes \(accepted)", at: node)
      } else if port.isRequired, isOptional(reference) {
        diagnostics.error(
          "'\(reference)' is optional in a signal, but the input '\(name)' of kind "
            + "'\(draft.kind)' is required; declare it 'required' under 'signal'", at: node)
      }
    }
  }

  private func checkRequired(_ draft: DraftStep) {
    let written = (draft.inputsNode?.fields ?? []).map(\.key)
    for port in draft.ports?.inputs ?? [] where port.isRequired && !written.contains(port.name) {
      let accepted = port.accepted.map(\.rawValue).joined(separator: " or ")
      diagnostics.error(
        "kind '\(draft.kind)' needs the input '\(port.name)' (\(accepted))",
        at: draft.inputsNode ?? draft.node)
    }
  }

  private func isOptional(_ reference: Reference) -> Bool {
    guard case .signal(let part) = reference else { return false }
    return signal.parts.contains { $0.part.rawValue == part && $0.presence == .optional }
  }

  /// What a reference leads to; nil when that is unknown, which is reported unless it was before.
  private func type(of reference: Reference, at node: SpecificationNode) -> PortType? {
    switch reference {
    case .signal(let name):
      let parts = signal.parts.map(\.part)
      if let part = parts.first(where: { $0.rawValue == name }) { return part.type }
      let names = parts.map(\.rawValue)
      let hint =
        SignalPart(rawValue: name) == nil
        ? Suggestion.hint(for: name, among: names, known: "it has")
        : "; declare it under 'signal' at the top of the file"
      diagnostics.error("'\(name)' is not declared as a part of the signal\(hint)", at: node)
      return nil
    case .file(let path):
      guard let problem = folder.problem(with: path) else { return .file }
      diagnostics.error(problem, at: node)
      return nil
    case .output(let step, let name):
      return outputType(name, of: step, reference, at: node)
    }
  }

  private func outputType(
    _ name: String, of step: String, _ reference: Reference, at node: SpecificationNode
  ) -> PortType? {
    guard let index = indices[step] else {
      let hint = Suggestion.hint(
        for: step, among: drafts.lazy.map(\.id).filter { !$0.isEmpty } + ["signal", "file"],
        known: "there are")
      diagnostics.error("there is no step '\(step)'\(hint)", at: node)
      return nil
    }
    guard let outputs = drafts[index].ports?.outputs else { return nil }
    if let output = outputs.first(where: { $0.name == name }) { return output.accepted.first }
    let hint = Suggestion.hint(for: name, among: outputs.map(\.name), known: "it has")
    diagnostics.error("'\(reference)' is not an output of step '\(step)'\(hint)", at: node)
    return nil
  }

  private func checkCycles() {
    let edges = drafts.map { draft in
      draft.inputs.compactMap { input in
        if case .output(let step, _) = input.reference { indices[step] } else { nil }
      }
    }
    for cycle in StepOrder(predecessors: edges).cycles {
      guard let first = cycle.first, let last = cycle.last else { continue }
      var ids = (cycle + [first]).map { drafts[$0].id }
      if ids.count > 20 { ids.replaceSubrange(10..<(ids.count - 10), with: ["…"]) }
      let names = ids.joined(separator: " → ")
      let node = drafts[first].inputs.first { input in
        if case .output(let step, _) = input.reference { indices[step] == last } else { false }
      }?.node
      diagnostics.error(
        "steps wait for each other in a circle: \(names)", at: node ?? drafts[first].node)
    }
  }
}
