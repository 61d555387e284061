// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A step whose fields were read; `ports` is nil when its kind or its parameters are wrong, and
/// nothing is said then about what it can be connected with.
struct DraftStep {
  let node: SpecificationNode
  let id: String
  let idNode: SpecificationNode?
  let kind: String
  let inputs: [(name: String, node: SpecificationNode, reference: Reference)]
  let inputsNode: SpecificationNode?
  let parameters: Data
  let ports: Ports?
}

/// Reads the list of steps: each on its own, then their connections.
struct StepsReader {
  let catalog: StepCatalog
  let signal: SignalDeclaration
  let luminosity: Double?
  /// Whether the file gives a luminosity, which may be wrong and reported.
  let hasLuminosity: Bool
  let folder: SpecificationFolder
  let diagnostics: Diagnostics

  /// Steps in the order of the file; of use only when nothing was reported.
  func read(_ elements: [SpecificationNode]) -> [StepSpecification] {
    let drafts = elements.map(draft)
    checkIDs(drafts)
    EdgeChecker(drafts: drafts, signal: signal, folder: folder, diagnostics: diagnostics).check()
    return drafts.map { draft in
      StepSpecification(
        id: draft.id, kind: draft.kind,
        inputs: draft.inputs.map { ($0.name, $0.reference) },
        outputs: draft.ports?.outputs ?? [], parameters: draft.parameters,
        location: draft.node.location)
    }
  }

  private func draft(_ node: SpecificationNode) -> DraftStep {
    let reader = FieldReader(node, diagnostics)
    let idNode = reader.node("id", required: true)
    let id = SpecificationName.kebabCase.read(idNode, diagnostics)
    let kindNode = reader.node("kind", required: true)
    let inputsNode = reader.node("inputs")
    let inputs = (reader.fields("inputs") ?? []).compactMap(input)
    let parametersNode = reader.node("parameters")
    if let resources = reader.node("resources") {
      diagnostics.error(
        "'resources' is reserved for batch systems and not read yet; remove it", atKeyOf: resources)
    }
    reader.finish()
    let kind = kindNode.flatMap(kind)
    let read = kind.flatMap { kind in
      self.read(parametersNode, by: kind, kindNode: kindNode, step: node)
    }
    return DraftStep(
      node: node, id: id ?? "", idNode: id == nil ? nil : idNode,
      kind: kind.map { type(of: $0).name } ?? "", inputs: inputs, inputsNode: inputsNode,
      parameters: read?.0 ?? Data(), ports: read?.1)
  }

  private func kind(_ node: SpecificationNode) -> (any StepKind)? {
    guard let name = node.string(diagnostics) else { return nil }
    if let kind = catalog.kinds[name] { return kind }
    let hint = Suggestion.hint(
      for: name, among: catalog.kinds.keys.sorted(), known: "kinds")
    diagnostics.error("'\(name)' is not a kind of step\(hint)", at: node)
    return nil
  }

  private func read(
    _ parameters: SpecificationNode?, by kind: some StepKind, kindNode: SpecificationNode?,
    step: SpecificationNode
  ) -> (Data, Ports)? {
    let name = type(of: kind).name
    if type(of: kind).usesLuminosity, !hasLuminosity {
      diagnostics.error(
        "kind '\(name)' needs the luminosity; give 'luminosity_ifb' at the top of the file",
        at: kindNode ?? step)
    }
    return kind.read(
      parameters,
      in: ParameterContext(
        signal: signal, luminosity: luminosity, diagnostics: diagnostics, step: step))
  }

  private func input(_ key: String, _ node: SpecificationNode)
    -> (name: String, node: SpecificationNode, reference: Reference)?
  {
    guard let text = node.string(diagnostics) else { return nil }
    guard let reference = Reference(text) else {
      diagnostics.error(
        "'\(text)' is not a reference: write signal.PART, file.PATH or STEP.OUTPUT", at: node)
      return nil
    }
    return (key, node, reference)
  }

  /// Ids are unique, and none is the head of another kind of reference.
  private func checkIDs(_ drafts: [DraftStep]) {
    var first: [String: DraftStep] = [:]
    for draft in drafts {
      guard let node = draft.idNode else { continue }
      if draft.id == "signal" || draft.id == "file" {
        diagnostics.error(
          "a step cannot be called '\(draft.id)': '\(draft.id).…' refers to something else",
          at: node)
      } else if let other = first[draft.id] {
        diagnostics.error(
          "'\(draft.id)' is the id of \(other.node.path) already "
            + "(line \(other.node.location.line))", at: node)
      } else {
        first[draft.id] = draft
      }
    }
  }
}
