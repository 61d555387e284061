// SPDX-License-Identifier: Apache-2.0

/// Reads `outputs:` of a scan, or finds those that follow from the analysis.
struct ScanOutputReader {
  let analysis: AnalysisSpecification?
  /// Whether an analysis was asked for; it may be missing all the same, which is reported.
  let isAnalysisKnown: Bool
  let diagnostics: Diagnostics

  func read(_ node: SpecificationNode?, in root: SpecificationNode) -> [ScanOutput] {
    guard let node else { return standard(at: root) }
    guard let elements = node.elements else {
      diagnostics.error("must be a list, not \(node.nature)", at: node)
      return []
    }
    if elements.isEmpty { diagnostics.error("a scan has at least one output", at: node) }
    if elements.count > 32 {
      diagnostics.error("a scan has at most 32 outputs, not \(elements.count)", at: node)
      return []
    }
    var outputs: [ScanOutput] = []
    for element in elements {
      guard let output = output(element) else { continue }
      if let other = outputs.firstIndex(where: { $0.name == output.name }) {
        diagnostics.error(
          "'\(output.name)' is the name of \(elements[other].path) already", at: element)
      }
      outputs.append(output)
    }
    return outputs
  }

  /// The observed and the expected limit of the only step that gives one.
  private func standard(at root: SpecificationNode) -> [ScanOutput] {
    guard let analysis else { return [] }
    let steps = analysis.steps.filter { $0.kind == "upper-limit" }
    guard steps.count == 1, let step = steps.first else {
      let found =
        steps.isEmpty
        ? "no step of kind 'upper-limit'"
        : "several: " + steps.map(\.id).joined(separator: ", ")
      diagnostics.error(
        "'outputs' is missing: without it the contours are those of the analysis' upper limit, and "
          + "'\(analysis.name)' has \(found)", at: root)
      return []
    }
    func expected(_ name: String, _ sigma: Int, weight: Double) -> ScanOutput {
      ScanOutput(
        name: name, step: step.id, quantity: .upper_limit_expected, sigma: sigma,
        transform: .log10, weight: weight)
    }
    return [
      ScanOutput(name: "obs", step: step.id, quantity: .upper_limit, transform: .log10),
      expected("exp", 0, weight: 1), expected("exp+1", 1, weight: 0.3),
      expected("exp-1", -1, weight: 0.3),
    ]
  }

  private func output(_ node: SpecificationNode) -> ScanOutput? {
    let before = diagnostics.all.count
    let reader = FieldReader(node, diagnostics)
    let name = SpecificationName.label.read(reader.node("name", required: true), diagnostics)
    let value = reader.node("value", required: true).flatMap(value)
    let sigmaNode = reader.node("sigma")
    let sigma = sigmaNode?.int(diagnostics, in: -2...2)
    let subject = reader.string("subject")
    let transform = reader.choice("transform", of: ScanOutput.Transform.self)
    let level = reader.double("level")
    let weight = reader.double("weight", in: ScanReader.positive)
    reader.finish()
    guard diagnostics.all.count == before, let name, let value else { return nil }
    if let sigmaNode, !value.quantity.isExpected {
      diagnostics.error(
        "'\(value.quantity.rawValue)' is not an expected quantity and has no sigma",
        atKeyOf: sigmaNode)
    }
    let seen = transform ?? value.quantity.transform
    if seen == .none, level == nil {
      diagnostics.error(
        "'level' is missing: a value that is not transformed has no level of its own", at: node)
    }
    return ScanOutput(
      name: name, step: value.step, quantity: value.quantity,
      sigma: value.quantity.isExpected ? sigma ?? 0 : nil, subject: subject, transform: seen,
      level: level ?? 0, weight: weight ?? 1)
  }

  /// `STEP.QUANTITY`.
  private func value(_ node: SpecificationNode) -> (step: String, quantity: Quantity)? {
    guard let text = node.string(diagnostics) else { return nil }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let step = parts.first.map(String.init) else {
      diagnostics.error(
        "'\(text)' is no result: write STEP.QUANTITY, as in limit.upper_limit", at: node)
      return nil
    }
    let steps = analysis?.steps.map(\.id)
    if let steps, !steps.contains(step) {
      let hint = Suggestion.hint(for: step, among: steps, known: "it has")
      diagnostics.error("the analysis has no step '\(step)'\(hint)", at: node)
    }
    guard let quantity = Quantity(rawValue: String(parts[1])) else {
      let hint = Suggestion.hint(for: String(parts[1]), among: Quantity.allCases.map(\.rawValue))
      diagnostics.error("'\(parts[1])' is not a quantity\(hint)", at: node)
      return nil
    }
    return (step, quantity)
  }
}

extension Quantity {
  /// Whether rows of it are told apart by `sigma`.
  fileprivate var isExpected: Bool {
    switch self {
    case .cls_expected, .upper_limit_expected, .cross_section_upper_limit_expected: true
    default: false
    }
  }

  /// How a surrogate sees it when nothing is said.
  fileprivate var transform: ScanOutput.Transform {
    switch self {
    case .upper_limit, .upper_limit_expected: .log10
    case .cls, .cls_expected: .probit
    default: .none
    }
  }
}
