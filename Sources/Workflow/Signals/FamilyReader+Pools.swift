// SPDX-License-Identifier: Apache-2.0
import Foundation

extension FamilyReader {
  /// Largest number of members of a pool.
  private static let memberLimit = 10_000
  /// Largest signal file of a pool, and largest patchset, in bytes.
  private static let signalByteLimit = 4 << 20
  private static let patchSetByteLimit = 512 << 20

  /// `signals:`, a pattern, or `files` and `match`.
  func signals(_ node: SpecificationNode, hasCrossSection: Bool) -> DraftFamily.Source? {
    var match: SignalFamily.Match?
    var pattern: SpecificationNode? = node
    if node.fields != nil {
      let reader = FieldReader(node, diagnostics)
      pattern = reader.node("files", required: true)
      match = reader.choice("match", of: SignalFamily.Match.self)
      reader.finish()
    }
    guard let pattern, let text = pattern.string(diagnostics) else { return nil }
    let before = diagnostics.all.count
    let paths: [String]
    do throws(RefusedPattern) {
      paths = try folder.files(matching: text, limit: Self.memberLimit)
    } catch {
      diagnostics.error(error.description, at: pattern)
      return nil
    }
    if paths.isEmpty { diagnostics.error("no file matches '\(text)'", at: pattern) }
    let members = paths.compactMap { path in
      member(path, pattern, hasCrossSection: hasCrossSection)
    }
    checkMembers(members.map { ($0.draft.name, $0.draft.point) }, at: pattern)
    return diagnostics.all.count == before ? .signals(members, match ?? .exact) : nil
  }

  private func member(_ path: String, _ node: SpecificationNode, hasCrossSection: Bool)
    -> (folder: URL, draft: DraftSignal)?
  {
    if let problem = folder.problem(with: path) {
      diagnostics.error(problem, at: node)
      return nil
    }
    guard let directory = folder.directory,
      let bytes = folder.bytes(of: path, limit: Self.signalByteLimit, node, diagnostics),
      let text = folder.text(bytes, of: path, node, diagnostics)
    else { return nil }
    do throws(InvalidSpecification) {
      let root = try SpecificationNode.parse(text, file: folder.name(of: path, beside: node))
      let place = directory.appendingPathComponent(path).deletingLastPathComponent()
      let reader = SignalReader(
        declaration: analysis.signal,
        folder: SpecificationFolder(
          directory: place, cure: "put the file beside the signal file"),
        diagnostics: diagnostics, isCrossSectionGiven: hasCrossSection)
      return (place, reader.read(root))
    } catch {
      error.diagnostics.forEach(diagnostics.report)
      return nil
    }
  }

  /// Members have a point with the scan's parameters, and no two have the same name or point.
  private func checkMembers(
    _ members: [(name: String, point: [String: Double])], at node: SpecificationNode
  ) {
    var names: Set<String> = []
    var points: [[String: Double]: String] = [:]
    let wanted = parameters ?? members.first.map { $0.point.keys.sorted() } ?? []
    for (name, point) in members {
      if !names.insert(name).inserted {
        diagnostics.error("two members are called '\(name)'", at: node)
      }
      let missing = wanted.filter { point[$0] == nil }
      if point.isEmpty || !missing.isEmpty {
        diagnostics.error(
          point.isEmpty
            ? "'\(name)' has no 'point'"
            : "the point of '\(name)' has no '\(missing.joined(separator: "' and no '"))'", at: node
        )
        continue
      }
      let coordinates = point.filter { wanted.contains($0.key) }
      if let other = points.updateValue(name, forKey: coordinates) {
        diagnostics.error(
          "'\(other)' and '\(name)' are at the same point, \(PointText.sentence(coordinates))",
          at: node)
      }
    }
  }

  /// `patchset:`, with labels that stand for parameters where they are called otherwise.
  func patchSet(_ node: SpecificationNode) -> DraftFamily.Source? {
    guard signal.isDeclared(.patch, at: node) else { return nil }
    let before = diagnostics.all.count
    let reader = FieldReader(node, diagnostics)
    let fileNode = reader.node("file", required: true)
    let match = reader.choice("match", of: SignalFamily.Match.self)
    var labels: [String: String] = [:]
    for (parameter, node) in reader.fields("labels") ?? [] {
      if let parameters, !parameters.contains(parameter) {
        let hint = Suggestion.hint(for: parameter, among: parameters, known: "it has")
        diagnostics.error("the scan has no parameter '\(parameter)'\(hint)", atKeyOf: node)
      }
      labels[parameter] = node.string(diagnostics)
    }
    reader.finish()
    guard let fileNode, let path = signal.path(fileNode),
      let bytes = folder.bytes(of: path, limit: Self.patchSetByteLimit, fileNode, diagnostics)
    else { return nil }
    let outline: PatchSetOutline
    do {
      outline = try JSONDecoder().decode(PatchSetOutline.self, from: bytes)
    } catch {
      diagnostics.error(
        "'\(path)' is not a patchset: \(PatchSetOutline.words(error))", at: fileNode)
      return nil
    }
    let patches = patches(outline, labels, at: fileNode)
    checkMembers(patches.map { ($0.name, $0.point) }, at: fileNode)
    return diagnostics.all.count == before ? .patchSet(path: path, patches, match ?? .exact) : nil
  }

  private func patches(
    _ outline: PatchSetOutline, _ renames: [String: String], at node: SpecificationNode
  ) -> [PatchSetPool.Patch] {
    let labels = outline.metadata.labels
    let names = parameters ?? labels.filter { !renames.values.contains($0) } + renames.keys.sorted()
    var places: [(name: String, place: Int)] = []
    for name in names {
      let label = renames[name] ?? name
      if let place = labels.firstIndex(of: label) {
        places.append((name, place))
      } else {
        let hint = Suggestion.hint(for: label, among: labels, known: "it has")
        diagnostics.error(
          "the patchset has no label '\(label)'\(hint); name it under 'labels', as in "
            + "'labels: {\(name): LABEL}'", at: node)
      }
    }
    if outline.patches.isEmpty { diagnostics.error("the patchset has no patches", at: node) }
    guard outline.patches.count <= Self.memberLimit else {
      diagnostics.error(
        "the patchset has more than the \(Self.memberLimit) patches that are read", at: node)
      return []
    }
    guard places.count == names.count else { return [] }
    return outline.patches.map { patch in
      let values = patch.metadata.values
      let pairs = places.compactMap { name, place -> (String, Double)? in
        guard place < values.count, let value = values[place].number else {
          diagnostics.error(
            "the patch '\(patch.metadata.name)' has no number for '\(labels[place])'", at: node)
          return nil
        }
        return (name, value)
      }
      return PatchSetPool.Patch(
        name: patch.metadata.name, point: Dictionary(pairs) { first, _ in first })
    }
  }
}

/// What of a patchset says where its patches are (HEPData's and pyhf's patchset schema 1.0.0).
private struct PatchSetOutline: Decodable {
  struct Metadata: Decodable { let labels: [String] }
  struct Patch: Decodable {
    struct Metadata: Decodable {
      let name: String
      let values: [Value]
    }
    let metadata: Metadata
  }
  /// A number, or text that is none.
  struct Value: Decodable {
    let number: Double?

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      // Labels may have texts as values; a scan needs numbers, and says so where it needs one.
      number = try? container.decode(Double.self)
    }
  }

  let metadata: Metadata
  let patches: [Patch]

  static func words(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, _): "'\(key.stringValue)' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "'\(context.codingPath.map(\.stringValue).joined(separator: "."))' is of another type"
    default: "it cannot be read as JSON"
    }
  }
}
