// SPDX-License-Identifier: Apache-2.0

extension PatchSet {
  /// Parses a patchset.
  ///
  /// - Throws: all problems at once, with line and column.
  public init(json bytes: [UInt8], source: String = "patchset") throws(InvalidWorkspace) {
    let document = try WorkspaceDocument(json: bytes, source: source)
    let reader = PatchSetReader(collector: ProblemCollector(document))
    let metadata = reader.metadata(of: document.root)
    patches = reader.patches(of: document.root, labels: metadata.labels.count)
    labels = metadata.labels
    description = metadata.description
    references = metadata.references
    digests = metadata.digests
    self.metadata = metadata.node
    self.source = source
    try reader.collector.finish()
  }
}

/// Reads the parts of a patchset.
private struct PatchSetReader {
  struct Metadata {
    var labels: [String] = []
    var description = ""
    var references: [String: String] = [:]
    var digests: [PatchSet.DigestAlgorithm: String] = [:]
    var node = JSONNode(.object([]))
  }

  let collector: ProblemCollector

  func metadata(of root: JSONNode) -> Metadata {
    var metadata = Metadata()
    let keys = ["metadata", "patches", "version"]
    guard let root = collector.object(root, "a patchset", required: keys) else { return metadata }
    if let version = collector.text("version", of: root), version != "1.0.0" {
      collector.report(
        "the version is '\(version)', but only '1.0.0' of the schema is known", at: root.place)
    }
    guard let node = root["metadata"] else { return metadata }
    collector.within(.key("metadata")) {
      // Further keys are allowed by the schema.
      let further = node.members?.map(\.key) ?? []
      let keys = ["references", "digests", "labels", "description"]
      guard
        let node = collector.object(
          node, "the metadata of a patchset", required: keys, optional: further)
      else { return }
      metadata.node = node
      metadata.description = collector.text("description", of: node) ?? ""
      metadata.labels = texts("labels", of: node)
      metadata.references = references(of: node)
      metadata.digests = digests(of: node)
    }
    return metadata
  }

  private func texts(_ key: String, of node: JSONNode) -> [String] {
    collector.list(key, of: node).enumerated().compactMap { index, element in
      if element.string == nil {
        collector.within(.key(key), .index(index)) {
          collector.report("text must stand here, not \(element.kindName)", at: element.place)
        }
      }
      return element.string
    }
  }

  private func references(of node: JSONNode) -> [String: String] {
    guard let node = node["references"] else { return [:] }
    return collector.within(.key("references")) {
      guard let node = collector.object(node, "the references", required: ["hepdata"]),
        let hepdata = collector.text("hepdata", of: node)
      else { return [:] }
      return ["hepdata": hepdata]
    }
  }

  private func digests(of node: JSONNode) -> [PatchSet.DigestAlgorithm: String] {
    guard let node = node["digests"] else { return [:] }
    return collector.within(.key("digests")) {
      let algorithms = PatchSet.DigestAlgorithm.allCases
      guard
        let node = collector.object(
          node, "the digests", required: [], optional: algorithms.map(\.rawValue))
      else { return [:] }
      var digests: [PatchSet.DigestAlgorithm: String] = [:]
      for algorithm in algorithms {
        guard let text = collector.text(algorithm.rawValue, of: node) else { continue }
        let count = algorithm == .md5 ? 32 : 64
        if text.utf8.count == count, text.allSatisfy(\.isHexDigit) {
          digests[algorithm] = text
        } else {
          collector.report(
            "'\(text)' is not a digest: \(algorithm.rawValue) has \(count) hexadecimal digits",
            at: node[algorithm.rawValue]?.place ?? node.place)
        }
      }
      if node.members?.isEmpty == true {
        collector.report("there is no digest of the background", at: node.place)
      }
      return digests
    }
  }

  func patches(of root: JSONNode, labels: Int) -> [PatchSet.Patch] {
    var names: Set<String> = []
    var points: Set<[PatchSet.Value]> = []
    return collector.list("patches", of: root).enumerated().compactMap { index, node in
      collector.within(.key("patches"), .index(index)) {
        guard let patch = patch(node) else { return nil }
        if !names.insert(patch.name).inserted {
          collector.report("there are two patches called '\(patch.name)'", at: node.place)
        }
        let point = patch.values.map(\.description).joined(separator: ", ")
        if !points.insert(patch.values).inserted {
          collector.report("there are two patches for the point (\(point))", at: node.place)
        }
        if patch.values.count != labels {
          collector.report(
            "patch '\(patch.name)' has \(patch.values.count) values, but the patchset has "
              + "\(labels) labels", at: node.place)
        }
        return patch
      }
    }
  }

  private func patch(_ node: JSONNode) -> PatchSet.Patch? {
    guard let node = collector.object(node, "a patch", required: ["metadata", "patch"]),
      let metadata = node["metadata"], let patch = node["patch"]
    else { return nil }
    let heading = collector.within(.key("metadata")) { () -> (String, [PatchSet.Value])? in
      let further = metadata.members?.map(\.key) ?? []
      guard
        let node = collector.object(
          metadata, "the metadata of a patch", required: ["name", "values"], optional: further),
        let name = collector.text("name", of: node)
      else { return nil }
      return (name, values(of: node))
    }
    let operations = collector.within(.key("patch")) { JSONPatch.operations(of: patch, collector) }
    guard let heading else { return nil }
    return PatchSet.Patch(
      name: heading.0, values: heading.1,
      patch: JSONPatch(
        operations: operations, text: collector.document.texts[0], root: patch),
      metadata: metadata)
  }

  private func values(of node: JSONNode) -> [PatchSet.Value] {
    collector.list("values", of: node, mayBeEmpty: true).enumerated().compactMap { index, element in
      if let number = element.double { return .number(number) }
      if let text = element.string { return .text(text) }
      collector.within(.key("values"), .index(index)) {
        collector.report(
          "a number or text must stand here, not \(element.kindName)", at: element.place)
      }
      return nil
    }
  }
}
