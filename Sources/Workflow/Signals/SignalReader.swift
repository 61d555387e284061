// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation

/// A signal whose files are not in the store yet.
struct DraftSignal {
  struct Input {
    var files: [String] = []
    var value: Data?
  }
  var name = ""
  var point: [String: Double] = [:]
  var inputs: [SignalPart: Input] = [:]
  var generator: DraftGenerator?
}

/// Reads the mapping at the root of `signal.yaml`.
struct SignalReader {
  let declaration: SignalDeclaration
  let folder: SpecificationFolder
  let diagnostics: Diagnostics
  /// Whether the family of the signal gives its cross section, so that the signal has none.
  var isCrossSectionGiven = false

  /// The signal; of use only when nothing was reported.
  func read(_ root: SpecificationNode) -> DraftSignal {
    let reader = FieldReader(root, diagnostics)
    reader.schema()
    var draft = DraftSignal()
    draft.name =
      SpecificationName.label.read(reader.node("signal", required: true), diagnostics) ?? ""
    for (parameter, node) in reader.fields("point") ?? []
    where SpecificationName.identifier.check(key: parameter, of: node, diagnostics) {
      draft.point[parameter] = node.double(diagnostics)
    }
    for part in SignalPart.allCases {
      guard let node = reader.node(part.rawValue) else { continue }
      if isDeclared(part, at: node) { draft.inputs[part] = input(part, node, at: draft.point) }
    }
    readPatchSet(reader.node("patchset"), beside: reader.node("patch"), into: &draft)
    if let node = reader.node("efficiency_map") {
      diagnostics.error(
        "an efficiency map is read along a scan; put it into the signal of a scan, without a "
          + "'point'", atKeyOf: node)
    }
    if let node = reader.node("generator") {
      draft.generator = generator(node, of: &draft)
    }
    reader.finish()
    for (part, presence) in declaration.parts
    where presence == .required && reader.isAbsent(part)
      && draft.generator?.outputs[part.rawValue] == nil
      && !(part == .crossSection && isCrossSectionGiven)
    {
      diagnostics.error(
        "'\(part.rawValue)' is missing, which the analysis requires of a signal: "
          + cure(for: part), at: root)
    }
    return draft
  }

  /// `generator:` of a signal with a point; what it makes is not brought besides.
  private func generator(_ node: SpecificationNode, of draft: inout DraftSignal) -> DraftGenerator?
  {
    if draft.point.isEmpty {
      diagnostics.error(
        "a generator makes the events of a point; give the signal a 'point', or put the generator "
          + "into the signal of a scan", atKeyOf: node)
    }
    let generator = GeneratorReader(
      signal: self, parameters: draft.point.keys.sorted(), isExhaustive: false
    ).read(node)
    for part in SignalPart.allCases
    where draft.inputs[part] != nil && generator?.outputs[part.rawValue] != nil {
      diagnostics.error("the signal has '\(part.rawValue)' beside the generator's", at: node)
    }
    return generator
  }

  func isDeclared(_ part: SignalPart, at node: SpecificationNode) -> Bool {
    let parts = declaration.parts.map(\.part)
    if parts.contains(part) { return true }
    let names = parts.map(\.rawValue).joined(separator: ", ")
    diagnostics.error(
      "the analysis does not take '\(part.rawValue)' from a signal "
        + "(it takes: \(names.isEmpty ? "nothing" : names))", atKeyOf: node)
    return false
  }

  func cure(for part: SignalPart) -> String {
    switch part {
    case .events: "give event files, as in 'events: {files: [events.root], format: root}'"
    case .yields: "give expected events of each region, as in 'yields: {SR: [1.5]}'"
    case .patch: "give a patch of the workspace, as in 'patch: {file: patch.json}'"
    case .crossSection: "give it in picobarns, as in 'cross_section_pb: 0.0023'"
    }
  }

  private func input(
    _ part: SignalPart, _ node: SpecificationNode, at point: [String: Double]
  ) -> DraftSignal.Input? {
    switch part {
    case .events: events(node)
    case .yields: yields(node)
    case .patch: patch(node)
    case .crossSection: crossSection(node, at: point).flatMap { value(of: $0, at: node) }
    }
  }

  /// A cross section of its own, or that of a table at the signal's point.
  private func crossSection(_ node: SpecificationNode, at point: [String: Double]) -> CrossSection?
  {
    if isCrossSectionGiven {
      diagnostics.error(
        "the cross section of this signal is that of its family; give it in one place",
        atKeyOf: node)
      return nil
    }
    guard let draft = CrossSectionReader(folder: folder, diagnostics: diagnostics).read(node) else {
      return nil
    }
    do throws(RefusedPoint) {
      return try draft.crossSection(at: point)
    } catch {
      diagnostics.error(error.description, at: node)
      return nil
    }
  }

  private func patch(_ node: SpecificationNode) -> DraftSignal.Input? {
    let reader = FieldReader(node, diagnostics)
    let file = path(reader.node("file", required: true))
    reader.finish()
    guard let file else { return nil }
    return value(of: PatchDescriptor(), files: [file], at: node)
  }

  /// One patch of a patchset stands for the part `patch`.
  private func readPatchSet(
    _ node: SpecificationNode?, beside patch: SpecificationNode?, into draft: inout DraftSignal
  ) {
    guard let node else { return }
    if patch != nil {
      diagnostics.error("a signal has 'patch' or 'patchset', not both", atKeyOf: node)
      return
    }
    guard isDeclared(.patch, at: node) else { return }
    let reader = FieldReader(node, diagnostics)
    let file = path(reader.node("file", required: true))
    let name = reader.string("patch", required: true)
    reader.finish()
    guard let file, let name else { return }
    draft.inputs[.patch] = value(of: PatchDescriptor(patch: name), files: [file], at: node)
  }

  /// A path that is a file inside the folder.
  func path(_ node: SpecificationNode?) -> String? {
    guard let node, let path = node.string(diagnostics) else { return nil }
    guard let problem = folder.problem(with: path) else { return path }
    diagnostics.error(problem, at: node)
    return nil
  }

  func value(of value: some Encodable, files: [String] = [], at node: SpecificationNode)
    -> DraftSignal.Input?
  {
    do {
      return DraftSignal.Input(files: files, value: try CanonicalJSON.data(value))
    } catch {
      diagnostics.error("\(error)", at: node)
      return nil
    }
  }
}

extension FieldReader {
  /// Whether the file says nothing of a part of a signal; a patchset is a way to give a patch.
  fileprivate func isAbsent(_ part: SignalPart) -> Bool {
    let keys = (node.fields ?? []).map(\.key)
    return !keys.contains(part.rawValue) && !(part == .patch && keys.contains("patchset"))
  }
}
