// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation

/// A family whose files are not in the store yet.
struct DraftFamily {
  enum Source {
    case efficiencyMap(bytes: Data, path: String, EfficiencyTable, step: String, output: String)
    case signals([(folder: URL, draft: DraftSignal)], SignalFamily.Match)
    case patchSet(path: String, [PatchSetPool.Patch], SignalFamily.Match)
    case generator(DraftGenerator)
  }

  var name: String
  var crossSection: DraftCrossSection?
  var source: Source
}

/// Reads the mapping at the root of the signal file of a scan.
struct FamilyReader {
  static let sources = ["efficiency_map", "signals", "patchset", "generator"]

  let analysis: AnalysisSpecification
  /// Names of the scan's parameters; nil when they are not known.
  let parameters: [String]?
  let folder: SpecificationFolder
  let diagnostics: Diagnostics
  var signal: SignalReader {
    SignalReader(declaration: analysis.signal, folder: folder, diagnostics: diagnostics)
  }

  /// The family; nil only when something was reported.
  func read(_ root: SpecificationNode) -> DraftFamily? {
    let reader = FieldReader(root, diagnostics)
    reader.schema()
    let name = SpecificationName.label.read(reader.node("signal", required: true), diagnostics)
    let crossSectionNode = reader.node(SignalPart.crossSection.rawValue)
    let nodes = Self.sources.compactMap { key in reader.node(key).map { (key: key, node: $0) } }
    refuse(["point"] + Self.brought, of: root, reader)
    reader.finish()
    let crossSection = crossSectionNode.flatMap { node in
      signal.isDeclared(.crossSection, at: node)
        ? CrossSectionReader(folder: folder, diagnostics: diagnostics, parameters: parameters)
          .read(node) : nil
    }
    guard let (key, node) = nodes.first, nodes.count == 1 else {
      let list = Self.sources.joined(separator: ", ")
      diagnostics.error(
        nodes.isEmpty
          ? "the signal of a scan has one of \(list), and this has none"
          : "the signal of a scan has one of \(list), not "
            + nodes.map(\.key).joined(separator: " and "), at: root)
      return nil
    }
    let source = source(key, node, hasCrossSection: crossSectionNode != nil)
    if let source, !diagnostics.hasErrors {
      checkParts(of: source, hasCrossSection: crossSectionNode != nil, at: root)
    }
    guard !diagnostics.hasErrors, let name, let source else { return nil }
    return DraftFamily(name: name, crossSection: crossSection, source: source)
  }

  /// Parts that a signal of one point brings.
  private static let brought = [SignalPart.events, .yields, .patch].map(\.rawValue)

  private func refuse(_ keys: [String], of root: SpecificationNode, _ reader: FieldReader) {
    for key in keys {
      guard let field = root.fields?.first(where: { $0.key == key }) else { continue }
      _ = reader.node(key)
      diagnostics.error(
        "'\(key)' belongs to a signal of one point; the signal of a scan has a source of signals "
          + "at every point", atKeyOf: field.value)
    }
  }

  private func source(_ key: String, _ node: SpecificationNode, hasCrossSection: Bool)
    -> DraftFamily.Source?
  {
    switch key {
    case "efficiency_map": efficiencyMap(node)
    case "signals": signals(node, hasCrossSection: hasCrossSection)
    case "patchset": patchSet(node)
    default:
      GeneratorReader(signal: signal, parameters: parameters, isExhaustive: true).read(node)
        .map { generator in
          if hasCrossSection, generator.outputs[SignalPart.crossSection.rawValue] != nil {
            diagnostics.error(
              "the generator makes 'cross_section_pb', and the family gives one besides; remove "
                + "one of them", at: node)
          }
          return .generator(generator)
        }
    }
  }

  private func efficiencyMap(_ node: SpecificationNode) -> DraftFamily.Source? {
    let before = diagnostics.all.count
    let reader = FieldReader(node, diagnostics)
    let fileNode = reader.node("file", required: true)
    let replacesNode = reader.node("replaces", required: true)
    reader.finish()
    let output = replacesNode.flatMap(replaced)
    guard let fileNode, let path = signal.path(fileNode) else { return nil }
    let limit = CSVTable.Limit.byteCount
    guard let bytes = folder.bytes(of: path, limit: limit, fileNode, diagnostics),
      let text = folder.text(bytes, of: path, fileNode, diagnostics)
    else { return nil }
    do throws(InvalidSpecification) {
      let table = try EfficiencyTable(
        csv: text, file: folder.name(of: path, beside: fileNode), parameters: parameters)
      guard let output, diagnostics.all.count == before else { return nil }
      return .efficiencyMap(
        bytes: bytes, path: path, table, step: output.step, output: output.name)
    } catch {
      error.diagnostics.forEach(diagnostics.report)
      return nil
    }
  }

  /// `STEP.OUTPUT` of the analysis, which makes yields.
  private func replaced(_ node: SpecificationNode) -> (step: String, name: String)? {
    guard let text = node.string(diagnostics) else { return nil }
    guard case .output(let step, let name)? = Reference(text) else {
      diagnostics.error(
        "'\(text)' is no output of a step: write STEP.OUTPUT, as in select.yields", at: node)
      return nil
    }
    if let problem = PlanScope.problem(with: name, of: step, in: analysis) {
      diagnostics.error(problem, at: node)
      return nil
    }
    let outputs = analysis.steps.first { $0.id == step }?.outputs ?? []
    let type = outputs.first { $0.name == name }?.accepted.first
    if let type, type != .yields {
      diagnostics.error(
        "'\(text)' is \(type.rawValue), and an efficiency map gives yields", at: node)
      return nil
    }
    return (step, name)
  }

  /// Parts that the steps need and that neither the source nor the family gives.
  private func checkParts(
    of source: DraftFamily.Source, hasCrossSection: Bool, at root: SpecificationNode
  ) {
    var provided: Set<String> = hasCrossSection ? [SignalPart.crossSection.rawValue] : []
    switch source {
    case .signals: return
    case .efficiencyMap(_, _, _, let step, let output): provided.insert("\(step).\(output)")
    case .patchSet: provided.insert(SignalPart.patch.rawValue)
    case .generator(let generator): provided.formUnion(generator.outputs.keys)
    }
    let steps: [StepSpecification]
    do throws(InvalidSpecification) {
      steps = try PlanScope(analysis, provided: provided).steps
    } catch {
      error.diagnostics.forEach { diagnostics.error($0.message, at: root) }
      return
    }
    let taken = Set(steps.flatMap(\.inputs).map(\.reference.description))
    for (part, presence) in analysis.signal.parts
    where presence == .required && !provided.contains(part.rawValue)
      && taken.contains("signal.\(part.rawValue)")
    {
      diagnostics.error(
        "'\(part.rawValue)' is missing, which the analysis requires of a signal and this source "
          + "does not give", at: root)
    }
  }
}
