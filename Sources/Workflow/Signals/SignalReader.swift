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
}

/// Reads the mapping at the root of `signal.yaml`.
struct SignalReader {
  let declaration: SignalDeclaration
  let folder: SpecificationFolder
  let diagnostics: Diagnostics

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
      if isDeclared(part, at: node) { draft.inputs[part] = input(part, node) }
    }
    readPatchSet(reader.node("patchset"), beside: reader.node("patch"), into: &draft)
    for source in ["efficiency_map", "generator"] {
      guard let node = reader.node(source) else { continue }
      diagnostics.error(
        "'\(source)' makes signals along a scan, and scans are not in this version; "
          + "bring events, yields or a patch", atKeyOf: node)
    }
    reader.finish()
    for (part, presence) in declaration.parts
    where presence == .required && reader.isAbsent(part) {
      diagnostics.error(
        "'\(part.rawValue)' is missing, which the analysis requires of a signal: "
          + cure(for: part), at: root)
    }
    return draft
  }

  private func isDeclared(_ part: SignalPart, at node: SpecificationNode) -> Bool {
    let parts = declaration.parts.map(\.part)
    if parts.contains(part) { return true }
    let names = parts.map(\.rawValue).joined(separator: ", ")
    diagnostics.error(
      "the analysis does not take '\(part.rawValue)' from a signal "
        + "(it takes: \(names.isEmpty ? "nothing" : names))", atKeyOf: node)
    return false
  }

  private func cure(for part: SignalPart) -> String {
    switch part {
    case .events: "give event files, as in 'events: {files: [events.root], format: root}'"
    case .yields: "give expected events of each region, as in 'yields: {SR: [1.5]}'"
    case .patch: "give a patch of the workspace, as in 'patch: {file: patch.json}'"
    case .crossSection: "give it in picobarns, as in 'cross_section_pb: 0.0023'"
    }
  }

  private func input(_ part: SignalPart, _ node: SpecificationNode) -> DraftSignal.Input? {
    switch part {
    case .events: events(node)
    case .yields: yields(node)
    case .patch: patch(node)
    case .crossSection:
      CrossSection(node, diagnostics).flatMap { value(of: $0, at: node) }
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
