// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Steps
import Testing
import Workflow

/// Fingerprints as they were before signals could have generators and stand-ins for outputs, at
/// commit dfc198c; those of selections and what follows them, with version 2 of the kind, by a script
/// that makes the canonical JSON on its own and gives the old ones with version 1. A difference means that registries recompute what they have: change these only
/// with the version of a kind, or with a workflow.
@Suite("Fingerprints of the shipped workflows")
struct ShippedFingerprintTests {
  @Test(
    "nothing that was computed is computed again",
    arguments: [
      (
        "hello", "nominal",
        [
          "model": "eaa8b0333dfbdc463fad92a2811edd320b454bdd228de0d854e3af3ab84722b5",
          "fit": "d3c473a0ad8ca6a9425b4ca6ddac6fb28676494cdf8f47855ed2f1b230d36c2d",
          "test": "5a5b83ad3ed852c7da9f529837678435699894b7e15f16bd727972dcbbc65820",
          "limit": "6aaf634104d233606889827aed0852425d3db6ac5b075bad7f197dce9f079343",
        ]
      ),
      (
        "monojet", "dmzp_1000_1",
        [
          "select": "cb14d4ee74aff435b172907310131703e418e79b1f3a8e7a49ff60ac09993c6e",
          "model": "e0e063bb731b22725a4e5e2e2589ebb1cffaba1648ad87ae56983ba2fa8ff623",
          "test": "4bde676c799d58526dd5bc08ce719acee4597fa2c4cbb0edde9ca90c24e9d4fd",
          "limit": "524342c8e7cd831b7df9b0c44ef00f8efcc55c0029584f0813d89ebf69b57eff",
        ]
      ),
      (
        "squark-multijet", "sqsq_1000_200",
        [
          "select": "08dfd402f9ecff47a5da6ef7508968004bc49ccf65cbb38afe4fb70de9f6fc3b",
          "model": "365ee847e3bc6726711879605a6f339444c08fa9190897baba882ad5db221499",
          "fit": "c055a56983d9d99e6660ff27cb6a14bad052e47f3cc5d10531342bb3337b1620",
          "test": "42ecbbad532da70dd9643f3c9fbbb8de1b43b55f2a9c5da578aaae7a8b57f6a5",
          "limit": "ad2d4b5cd252f00310280e386dc0f897afe2491552fb454dd59a72d46b2b4765",
        ]
      ),
    ])
  func unchanged(_ workflow: String, _ signal: String, _ expected: [String: String]) throws {
    let folder = Shipped.folder(workflow)
    let analysis = try Shipped.analysis(workflow)
    let file = folder.appending(path: "signals/\(signal).yaml")
    let plan = try Plan(
      analysis, files: Shipped.files(of: analysis, in: folder),
      signal: Signal(yaml: String(contentsOf: file, encoding: .utf8), file: file, for: analysis),
      catalog: .standard)
    let found = plan.steps.map { ($0.id, $0.fingerprint.hex) }
    #expect(Dictionary(uniqueKeysWithValues: found) == expected)
  }
}

/// The workflows of the repository.
enum Shipped {
  static func folder(_ name: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "workflows/\(name)")
  }

  static func analysis(_ name: String) throws -> AnalysisSpecification {
    let file = folder(name).appending(path: "analysis.yaml")
    return try AnalysisSpecification(
      yaml: String(contentsOf: file, encoding: .utf8), file: "analysis.yaml",
      directory: folder(name), catalog: .standard)
  }

  /// Files that steps refer to; stored when there is a store.
  static func files(
    of analysis: AnalysisSpecification, in folder: URL, store: ArtifactStore? = nil
  ) throws -> [String: Artifact] {
    let pairs = try analysis.files.map { path in
      let (file, mediaType) = (folder.appending(path: path), MediaType.ofFile(named: path))
      return (
        path,
        try store?.put(contentsOf: file, mediaType: mediaType)
          ?? Artifact(describing: file, mediaType: mediaType)
      )
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }
}
