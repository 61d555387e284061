// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Events
import Foundation
import Workflow

/// A scan file on disk with its signal family, checked against the analysis it names.
struct ScanFile {
  let specification: ScanSpecification
  let preserved: PreservedAnalysis
  private let familyFile: URL
  private let familyYAML: String

  /// - Throws: `InvalidSpecification` or `Failure` with everything that is wrong.
  init(path: String, in reinterpreter: Reinterpreter) throws {
    let file = URL(fileURLWithPath: path)
    var found: PreservedAnalysis?
    specification = try ScanSpecification(
      yaml: InputFile.text(of: file), file: file,
      analysis: { name in
        let preserved = try reinterpreter.preserved(name)
        found = preserved
        return preserved.specification
      }, constraintProblem: Self.problem(withConstraint:over:))
    guard let found else {
      throw Failure(.unexpected, "\(path): the analysis '\(specification.analysis)' was not read")
    }
    preserved = found
    familyFile = file.deletingLastPathComponent().appendingPathComponent(specification.signal)
    familyYAML = try InputFile.text(of: familyFile)
    let problems =
      try Self.problems(withOutputs: specification.outputs, of: found, reinterpreter.catalog)
      + specification.problems(with: family(), of: found.specification)
    guard problems.isEmpty else {
      throw Failure.refused(
        problems.map { "\(InputFile.display(file)): \($0)" }.joined(separator: "\n"))
    }
  }

  /// The family; its files stay where they are.
  func family() throws -> SignalFamily {
    try SignalFamily(
      yaml: familyYAML, file: familyFile, for: preserved.specification,
      parameters: specification.parameters.map(\.name))
  }

  /// The family; its files go into the store.
  func family(in store: ArtifactStore) throws -> SignalFamily {
    try SignalFamily(
      yaml: familyYAML, file: familyFile, for: preserved.specification,
      parameters: specification.parameters.map(\.name), store: store)
  }

  private static func problem(withConstraint text: String, over names: [String]) -> String? {
    do {
      _ = try ScalarExpression(text, names: names, as: .condition)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Quantities that the kind of their step doesn't give.
  private static func problems(
    withOutputs outputs: [ScanOutput], of analysis: PreservedAnalysis, _ catalog: StepCatalog
  ) -> [String] {
    outputs.compactMap { output in
      guard
        let step = analysis.specification.steps.first(where: { $0.id == output.step }),
        let kind = catalog.kinds[step.kind], let offered = type(of: kind).quantities,
        !offered.contains(output.quantity)
      else { return nil }
      let names = offered.map(\.rawValue).sorted()
      return "outputs: '\(output.name)' is \(output.valueName), but a step of kind '\(step.kind)' "
        + "gives no \(output.quantity.rawValue)"
        + "\(Suggestion.hint(for: output.quantity.rawValue, among: names, known: "it gives"))."
    }
  }
}

extension ScanSpecification {
  /// Outputs of steps that the signals make needless, and parameters that the scan varies for
  /// nothing.
  fileprivate func problems(with family: SignalFamily, of analysis: AnalysisSpecification) throws
    -> [String]
  {
    let steps = try family.steps(of: analysis)
    let needless = outputs.filter { !steps.contains($0.step) }.map { output in
      "outputs: '\(output.name)' is a result of step '\(output.step)', which is not run: the signal "
        + "family '\(family.name)' brings what it would make."
    }
    return needless + unusedParameters(with: family)
  }

  private func unusedParameters(with family: SignalFamily) -> [String] {
    guard let used = family.usedParameters else { return [] }
    return parameters.map(\.name).filter { !used.contains($0) }.map { name in
      "parameters: nothing in the signal family '\(family.name)' depends on '\(name)'"
        + "\(Suggestion.hint(for: name, among: used.sorted(), known: "it depends on"))."
    }
  }
}

extension SignalFamily {
  /// Parameters that a table or a map depends on; nil for members and programs, which were checked
  /// when they were read.
  fileprivate var usedParameters: Set<String>? {
    guard case .efficiencyMap(let map) = source else { return nil }
    var used = Set(map.parameters)
    if case .table(let table) = crossSection { used.formUnion(table.axes.map(\.parameter)) }
    return used
  }
}
