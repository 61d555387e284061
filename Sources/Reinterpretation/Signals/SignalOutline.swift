// SPDX-License-Identifier: Apache-2.0
import Foundation
import Workflow

/// What a signal file says of itself before it is checked against an analysis: its name, its point
/// and the files it brings.
///
/// Reads leniently, because `Signal` reports what is wrong; what can't be read is left out here.
struct SignalOutline: Sendable {
  /// How the events are stored.
  struct Events: Sendable {
    let files: [String]
    let format: String
    let tree: String?
    /// Declared name → name in the file.
    let renames: [String: String]
  }

  let name: String?
  let point: [String: Double]
  let events: Events?
  /// Path of a JSON patch.
  let patch: String?
  /// Path of a patchset.
  let patchset: String?
  /// Path of a table of cross sections.
  let crossSectionTable: String?
  /// Paths of a generator's files.
  let generatorFiles: [String]

  /// Paths relative to the signal file's folder.
  var paths: [String] {
    (events?.files ?? []) + [patch, patchset, crossSectionTable].compactMap(\.self)
      + generatorFiles
  }

  init(yaml: String, file: String) throws {
    let root = try SpecificationNode.parse(yaml, file: file)
    name = root["signal"]?.text
    point = root["point"]?.texts.compactMapValues { Double($0) } ?? [:]
    patch = root["patch"]?["file"]?.text
    patchset = root["patchset"]?["file"]?.text
    crossSectionTable = root["cross_section_pb"]?["table"]?.text
    generatorFiles = root["generator"]?["files"]?.elements?.compactMap(\.text) ?? []
    events = root["events"].map { node in
      Events(
        files: node["files"]?.elements?.compactMap(\.text) ?? [],
        format: node["format"]?.text ?? "", tree: node["tree"]?.text,
        renames: node["columns"]?.texts ?? [:])
    }
  }
}

extension SpecificationNode {
  /// The value of a key, if this is a mapping that has it.
  fileprivate subscript(_ key: String) -> SpecificationNode? {
    fields?.first { $0.key == key }?.value
  }

  /// The scalars of a mapping.
  fileprivate var texts: [String: String] {
    let texts = (fields ?? []).compactMap { field in field.value.text.map { (field.key, $0) } }
    return Dictionary(texts, uniquingKeysWith: { first, _ in first })
  }

  fileprivate var text: String? {
    guard case .scalar(let text, _) = content else { return nil }
    return text
  }
}
