// SPDX-License-Identifier: Apache-2.0

/// The steps of an analysis that a signal needs, when some of what it brings stands in for what
/// steps would make.
///
/// A step whose output is replaced is left out unless another of its outputs is wanted, and with it
/// every step that fed only such steps. A step that nothing takes anything from, such as a table of
/// events, is wanted for its own results; it is left out where it takes a part of the signal that
/// only the steps left out took and that the signal does not bring.
struct PlanScope {
  /// Steps in the order of the file.
  let steps: [StepSpecification]
  /// `STEP.OUTPUT` of what the signal brings itself.
  let replaced: Set<String>

  /// - Parameters:
  ///   - analysis: what is planned.
  ///   - provided: names of what the signal brings: parts, `file.PATH` and `STEP.OUTPUT`.
  /// - Throws: `InvalidSpecification` when there is no such step or output.
  init(_ analysis: AnalysisSpecification, provided: Set<String>) throws(InvalidSpecification) {
    var replaced: Set<String> = []
    for name in provided.sorted() {
      guard case .output(let step, let output)? = Reference(name) else { continue }
      if let problem = Self.problem(with: output, of: step, in: analysis) {
        throw InvalidSpecification(problem, path: name, at: nil)
      }
      replaced.insert(name)
    }
    self.replaced = replaced
    guard !replaced.isEmpty else {
      steps = analysis.steps
      return
    }
    let needed = Self.needed(analysis, provided, replaced)
    steps = analysis.steps.filter { needed.contains($0.id) }
    if steps.isEmpty {
      throw InvalidSpecification(
        "the analysis '\(analysis.name)' has nothing left to do with this signal", at: nil)
    }
  }

  /// Why an output cannot be replaced; nil when it can be.
  static func problem(with output: String, of step: String, in analysis: AnalysisSpecification)
    -> String?
  {
    guard let specification = analysis.steps.first(where: { $0.id == step }) else {
      let hint = Suggestion.hint(for: step, among: analysis.steps.map(\.id), known: "it has")
      return "the analysis '\(analysis.name)' has no step '\(step)'\(hint)"
    }
    let outputs = specification.outputs.map(\.name)
    guard !outputs.contains(output) else { return nil }
    let hint = Suggestion.hint(for: output, among: outputs, known: "it has")
    return "'\(step).\(output)' is not an output of step '\(step)'\(hint)"
  }

  /// Complexity: number of steps and edges, times the number of parts of a signal.
  private static func needed(
    _ analysis: AnalysisSpecification, _ provided: Set<String>, _ replaced: Set<String>
  ) -> Set<String> {
    let required = Set(
      analysis.signal.parts.filter { $0.presence == .required }.map(\.part.rawValue))
    // Every step before those it takes from.
    let steps = StepOrder(analysis.steps).indices.reversed().map { analysis.steps[$0] }
    /// Steps that others take something from, or whose outputs the signal brings.
    let sources = Set(steps.flatMap(\.inputs).compactMap(\.reference.producer))
      .union(replaced.compactMap { Reference($0)?.producer })
    var lost: Set<String> = []
    while true {
      var kept: Set<String> = []
      var wanted: Set<String> = []
      for step in steps {
        let isLost = step.inputs.compactMap(\.reference.part).contains(where: lost.contains)
        guard sources.contains(step.id) ? wanted.contains(step.id) : !isLost else { continue }
        kept.insert(step.id)
        wanted.formUnion(
          step.inputs.map(\.reference).filter { !replaced.contains($0.description) }
            .compactMap(\.producer))
      }
      let taken = steps.filter { !kept.contains($0.id) }.flatMap(\.inputs)
        .compactMap(\.reference.part)
      let found = required.intersection(taken).subtracting(provided)
      if found == lost { return kept }
      lost = found
    }
  }
}

extension Reference {
  /// The step that makes it; nil for what no step makes.
  var producer: String? { if case .output(let step, _) = self { step } else { nil } }
  /// The part of the signal that it is; nil for what is no part of it.
  fileprivate var part: String? { if case .signal(let part) = self { part } else { nil } }
}
