// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
package import HistFactory
import Workflow

/// A workspace whose signal comes as a JSON patch, or as one patch of a patchset.
struct PatchedSignal {
  let workspace: Workspace

  /// Applies the input `patch` to the input `background`.
  ///
  /// - Throws: a patchset made for another background, a patch that isn't in it or can't be applied.
  init(in context: StepContext) throws {
    let background = Array(try context.bytes(of: "background"))
    let bytes = Array(try context.bytes(of: "patch"))
    let hasValue = context.inputs["patch"]?.value != nil
    let descriptor = hasValue ? try context.value(of: "patch", as: PatchDescriptor.self) : nil
    let patch =
      try descriptor?.patch.map { try Self.patch(named: $0, of: bytes, for: background) }
      ?? JSONPatch(json: bytes, source: "patch")
    workspace = try Workspace(json: background, source: "background", patches: [patch])
  }

  private static func patch(named name: String, of bytes: [UInt8], for background: [UInt8]) throws
    -> JSONPatch
  {
    let set = try PatchSet(json: bytes, source: "patchset")
    try set.verify(background: background, source: "background", hash: publishedDigest)
    if let patch = set.patch(named: name) { return patch.patch }
    let names = set.patches.map(\.name)
    throw StepError(
      "the patchset has no patch '\(name)'"
        + Suggestion.hint(for: name, among: names, known: "it has"))
  }
}

/// The digest of bytes in lower-case hexadecimal digits.
package func publishedDigest(_ algorithm: PatchSet.DigestAlgorithm, _ bytes: [UInt8]) -> String {
  switch algorithm {
  case .md5: PublishedDigest.md5(of: bytes)
  case .sha256: PublishedDigest.sha256(of: bytes)
  }
}

extension SignalSample {
  /// The sample of a name in a patched workspace; its statistics are what the patch says they are.
  ///
  /// - Throws: a workspace without such a sample.
  init(_ parameters: SignalModelKind.Parameters, in workspace: Workspace) throws {
    let channels = workspace.channels.compactMap { channel in
      channel.samples.first { $0.name == parameters.sample }.map {
        Channel(channel: channel.name, yields: $0.data)
      }
    }
    if channels.isEmpty {
      let names = Set(workspace.channels.flatMap { $0.samples.map(\.name) }).sorted()
      throw StepError(
        "with the patch, no channel has a sample '\(parameters.sample)'"
          + Suggestion.hint(for: parameters.sample, among: names, known: "samples"))
    }
    self.init(
      sample: parameters.sample, poi: parameters.poi, hasStatisticalUncertainty: true,
      channels: channels)
  }
}
