// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Steps
import Workflow

/// A patch as a command line names it: `FILE`, or `PATCHSET:NAME` for one patch of a patchset.
struct PatchReference: Sendable, Hashable {
  let path: String
  /// The patch's name in the set; nil for a file that is a patch.
  let patchName: String?

  /// A text that is a file's path is that file, colons or not; else what stands before the first
  /// colon that makes a file's path is a patchset.
  init(_ text: String) {
    let files = FileManager.default
    if !files.fileExists(atPath: text) {
      for colon in text.indices where text[colon] == ":" {
        let path = String(text[..<colon])
        guard files.fileExists(atPath: path) else { continue }
        self.path = path
        patchName = String(text[text.index(after: colon)...])
        return
      }
    }
    path = text
    patchName = nil
  }

  /// Reads the patch.
  ///
  /// - Throws: a patchset that was made for another background than these bytes, or has no such
  ///   patch.
  func patch(for background: [UInt8], named source: String) throws -> JSONPatch {
    let bytes = try WorkspaceSource.bytes(of: path)
    guard let patchName else { return try JSONPatch(json: bytes, source: path) }
    let set = try PatchSet(json: bytes, source: path)
    try set.verify(background: background, source: source, hash: publishedDigest)
    return try set.patch(orSuggesting: patchName, in: path).patch
  }
}

extension PatchSet {
  /// The patch of a name, or a sentence with the names that come near.
  func patch(orSuggesting name: String, in path: String) throws -> Patch {
    if let patch = patch(named: name) { return patch }
    let names = patches.map(\.name)
    let near = Suggestion.hint(for: name, among: names, known: "it has")
    throw Failure.refused("\(path): the patchset has no patch '\(name)'\(near).")
  }
}
