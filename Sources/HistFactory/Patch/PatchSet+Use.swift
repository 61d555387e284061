// SPDX-License-Identifier: Apache-2.0

extension PatchSet {
  /// The background with the patch of one signal point, after making sure that it is the background
  /// the patches were made for; pyhf's `patchset apply`.
  ///
  /// - Parameters:
  ///   - name: of the patch.
  ///   - background: the file's bytes.
  ///   - backgroundSource: the file's name in sentences.
  ///   - hash: as in `verify(background:source:hash:)`.
  /// - Throws: a name the set doesn't have, another background, a result that is no workspace.
  public func applying(
    _ name: String, toBackground background: [UInt8],
    source backgroundSource: String = "workspace", hash: (DigestAlgorithm, [UInt8]) -> String?
  ) throws(InvalidWorkspace) -> Workspace {
    let patch = try existing(name)
    try verify(background: background, source: backgroundSource, hash: hash)
    return try Workspace(json: background, source: backgroundSource, patches: [patch.patch])
  }

  /// One patch as JSON, keys sorted; pyhf's `patchset extract`.
  ///
  /// - Parameters:
  ///   - name: of the patch.
  ///   - includesMetadata: an object of `metadata`, in which those of the set win over those of the
  ///     patch, and `patch`, instead of the patch alone.
  /// - Throws: a name the set doesn't have.
  public func extract(
    _ name: String, includesMetadata: Bool = false
  ) throws(InvalidWorkspace) -> [UInt8] {
    let patch = try existing(name)
    guard includesMetadata else { return patch.patch.jsonData() }
    let ofSet = metadata.members ?? []
    let ofPatch = (patch.metadata.members ?? []).filter { member in
      !ofSet.contains { $0.key == member.key }
    }
    return JSONWriter.write(
      .object([
        ("metadata", JSONNode(.object(ofPatch + ofSet))), ("patch", patch.patch.root),
      ]))
  }

  private func existing(_ name: String) throws(InvalidWorkspace) -> Patch {
    if let patch = patch(named: name) { return patch }
    let names = patches.map(\.name)
    let cure =
      Spelling.nearest(to: name, in: names).map { "did you mean '\($0)'?" }
      ?? "it has \(names.count), among them '\(names.first ?? "")'"
    throw InvalidWorkspace(
      source: source,
      problems: [
        .init(
          source: source, path: "patches",
          message: "there is no patch '\(name)' in the patchset; \(cure)")
      ])
  }
}
