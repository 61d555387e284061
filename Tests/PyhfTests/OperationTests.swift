// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

/// prune, rename, combine, sort, digests and patches of drawn workspaces: the JSON is pyhf's.
@Suite(.enabled(if: PeerProcess.isExpected, PeerProcess.comment), .serialized)
struct OperationTests {
  private static let seeds: Range<UInt64> = 7000..<7060

  /// Asks pyhf, and expects its workspace of ours, or that both refuse.
  ///
  /// Ours also refuses a result that is no workspace; pyhf finds that out when it makes a model.
  private func compare(
    _ name: String, _ question: [String: JSONNode], _ comment: String,
    _ ours: () throws(InvalidWorkspace) -> Workspace
  ) async throws {
    let theirs: JSONNode?
    var refusal = ""
    do { theirs = try await PeerProcess.running().ask(name, question) } catch {
      theirs = nil
      refusal = "\(error)"
    }
    do throws(InvalidWorkspace) {
      let made = try ours()
      #expect(theirs.map { made.json.isEqual(to: $0) } ?? false, "\(comment): \(name) \(refusal)")
    } catch {
      guard let theirs else { return }
      #expect(throws: InvalidWorkspace.self, "\(comment): \(name) gives \(error)") {
        try Workspace(json: JSONWriter.write(theirs))
      }
    }
  }

  private func names(_ list: [String]) -> JSONNode { .array(list.map { .text($0) }) }

  private func some(_ names: Set<String>, _ share: Double, _ numbers: inout SeededNumbers)
    -> [String]
  {
    names.sorted().filter { _ in numbers.happens(share) }
  }

  @Test(arguments: seeds)
  func prune(_ seed: UInt64) async throws {
    var draw = WorkspaceDraw(seed: seed)
    let parts = Parts(draw.workspace)
    let selection = WorkspaceSelection(
      channels: some(parts.channels, 0.2, &draw.numbers),
      samples: some(parts.samples, 0.15, &draw.numbers),
      modifiers: some(parts.modifiers, 0.2, &draw.numbers),
      modifierTypes: some(parts.types, 0.15, &draw.numbers))
    let question: [String: JSONNode] = [
      "workspace": draw.workspace.json, "channels": names(selection.channels),
      "samples": names(selection.samples), "modifiers": names(selection.modifiers),
      "modifier_types": names(selection.modifierTypes),
    ]
    try await compare("prune", question, "seed \(seed)") { () throws(InvalidWorkspace) in
      try draw.workspace.pruned(selection)
    }
  }

  @Test(arguments: seeds)
  func rename(_ seed: UInt64) async throws {
    var draw = WorkspaceDraw(seed: seed)
    let parts = Parts(draw.workspace)
    /// Some names change places, others become new ones.
    func renaming(_ names: Set<String>) -> [String: String] {
      let chosen = some(names, 0.5, &draw.numbers)
      let targets = draw.numbers.happens(0.5) ? chosen.reversed() : chosen.map { $0 + " new" }
      return Dictionary(uniqueKeysWithValues: zip(chosen, targets))
    }
    let renaming = WorkspaceRenaming(
      channels: renaming(parts.channels), samples: renaming(parts.samples),
      modifiers: draw.numbers.happens(0.5) ? ["mu": "μ"] : [:], measurements: ["drawn": "once"])
    func table(_ names: [String: String]) -> JSONNode { .object(names.mapValues { .text($0) }) }
    let question: [String: JSONNode] = [
      "workspace": draw.workspace.json, "channels": table(renaming.channels),
      "samples": table(renaming.samples), "modifiers": table(renaming.modifiers),
      "measurements": table(renaming.measurements),
    ]
    try await compare("rename", question, "seed \(seed)") { () throws(InvalidWorkspace) in
      try draw.workspace.renamed(renaming)
    }
  }

  @Test(arguments: seeds)
  func combine(_ seed: UInt64) async throws {
    let draw = WorkspaceDraw(seed: seed)
    let right = WorkspacePartner(of: draw).workspace
    for join in Workspace.Join.allCases {
      for merges in [false, true] {
        let question: [String: JSONNode] = [
          "left": draw.workspace.json, "right": right.json, "join": .text(join.rawValue),
          "merge": .boolean(merges),
        ]
        try await compare("combine", question, "seed \(seed), \(join), \(merges)") {
          () throws(InvalidWorkspace) in
          try draw.workspace.combined(with: right, join: join, mergesChannels: merges)
        }
      }
    }
  }

  @Test(arguments: seeds)
  func sort(_ seed: UInt64) async throws {
    let draw = WorkspaceDraw(seed: seed)
    let workspace = WorkspacePartner(of: draw).workspace
    try await compare("sort", ["workspace": workspace.json], "seed \(seed)") {
      () throws(InvalidWorkspace) in workspace.sorted()
    }
  }

  /// What pyhf takes a digest of is Python's spelling of the JSON.
  @Test(arguments: seeds)
  func canonical(_ seed: UInt64) async throws {
    let workspace = WorkspaceDraw(seed: seed).workspace
    let text = try await PeerProcess.running().ask("canonical", ["workspace": workspace.json])
    let canonical = try Workspace.canonicalJSON(of: workspace.jsonData())
    #expect(String(decoding: canonical, as: UTF8.self) == text.string)
  }

  @Test(arguments: seeds)
  func patch(_ seed: UInt64) async throws {
    let background = WorkspaceDraw(seed: seed).workspace
    let digest = try await PeerProcess.running().ask("digest", ["workspace": background.json])
    let patches = DrawnPatchSet(seed: seed, of: background, digest: try #require(digest.string))
    let set = try PatchSet(json: JSONWriter.write(patches.json))
    let question: [String: JSONNode] = [
      "workspace": background.json, "patchset": patches.json, "name": .text("drawn"),
    ]
    try await compare("patch", question, "seed \(seed)") { () throws(InvalidWorkspace) in
      try set.applying("drawn", toBackground: background.jsonData()) { _, _ in digest.string }
    }
  }
}

/// The names in a workspace.
private struct Parts {
  let channels: Set<String>, samples: Set<String>, modifiers: Set<String>, types: Set<String>

  init(_ workspace: Workspace) {
    let samples = workspace.channels.flatMap(\.samples)
    channels = Set(workspace.channels.map(\.name))
    self.samples = Set(samples.map(\.name))
    modifiers = Set(samples.flatMap(\.modifiers).map(\.name))
    // Of a name with two types pyhf knows the last one only, and may refuse the other.
    let shared = Dictionary(grouping: samples.flatMap(\.modifiers), by: \.name)
      .mapValues { Set($0.map(\.kind.name)) }.values.filter { $0.count > 1 }
    types = Set(samples.flatMap(\.modifiers).map(\.kind.name)).subtracting(shared.flatMap { $0 })
  }
}
