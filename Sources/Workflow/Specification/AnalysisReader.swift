// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Reads the mapping at the root of `analysis.yaml`.
struct AnalysisReader {
  let root: SpecificationNode
  let folder: URL?
  let catalog: StepCatalog
  let diagnostics: Diagnostics

  /// The analysis; nil only when something was reported.
  func read() -> AnalysisSpecification? {
    let reader = FieldReader(root, diagnostics)
    reader.schema()
    let name = SpecificationName.kebabCase.read(
      reader.node("analysis", required: true), diagnostics)
    let title = reader.string("title", required: true)
    let references = reader.strings("references")
    let luminosity = reader.double(
      "luminosity_ifb", in: .leastNonzeroMagnitude ... .greatestFiniteMagnitude)
    let signal = SignalDeclaration(reader.node("signal", required: true), diagnostics)
    let elements = reader.elements("steps", required: true)
    let validation = reader.node("validate").map(validation)
    reader.finish()

    let folder = SpecificationFolder(
      directory: folder, cure: "copy it into the folder of analysis.yaml")
    let steps = StepsReader(
      catalog: catalog, signal: signal, luminosity: luminosity,
      hasLuminosity: reader.node("luminosity_ifb") != nil, folder: folder,
      diagnostics: diagnostics
    ).read(elements ?? [])
    if let elements, elements.isEmpty, let node = reader.node("steps") {
      diagnostics.error("an analysis has at least one step", at: node)
    }

    guard !diagnostics.hasErrors, let name, let title else { return nil }
    do {
      return AnalysisSpecification(
        name: name, title: title, references: references ?? [], luminosity: luminosity,
        signal: signal, steps: steps, validationSignals: validation?.signals,
        validationExpected: validation?.expected, written: try root.analysisFingerprint())
    } catch {
      diagnostics.error("\(error)", at: root)
      return nil
    }
  }

  private func validation(_ node: SpecificationNode) -> (signals: String?, expected: String?) {
    let reader = FieldReader(node, diagnostics)
    let signals = pattern("signals", in: reader)
    let expected = pattern("expected", in: reader)
    reader.finish()
    return (signals, expected)
  }

  /// A glob pattern that stays in the folder.
  private func pattern(_ key: String, in reader: FieldReader) -> String? {
    guard let node = reader.node(key, required: true), let text = node.string(diagnostics) else {
      return nil
    }
    let folder = SpecificationFolder(
      directory: nil, cure: "copy the files into the folder of analysis.yaml")
    if let problem = folder.spellingProblem(with: text) { diagnostics.error(problem, at: node) }
    return text
  }
}
