// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Steps
import Testing
import Workflow

/// Fingerprints as they were before signals could have generators and stand-ins for outputs, at
/// commit dfc198c. A difference means that registries recompute what they have: change these only
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
          "select": "df0ee3233efc3fde4281f255077e134414d2ddb9429ddcf8081d07559c3c5f34",
          "model": "945f2730e17168331ee93da0c8fccd8e36387359d1a0c55022119cfd48152077",
          "test": "f171dfcf06b5443684bd3a5620c8d496f2305fc0cb818a9f9c9571b177522c13",
          "limit": "5e3d7185cdb0cb4019151bba1ba000c780c1d1beeb20731dd2791bf2e0344365",
        ]
      ),
      (
        "squark-multijet", "sqsq_1000_200",
        [
          "select": "3cc99354e0409330547ae98532575896e31dbc054853c24934ab0e88c6dd5e31",
          "model": "9ae353296bb3404f96fa5512ebf35e071e79b2e29e374101c21453905f5fe704",
          "fit": "6cc48b8cbada99d2aa570415a794260eb5b21f19ef5d2df16088f199decc7020",
          "test": "bc567ae936f31b14238fe29a10aa6895a950a1a95bd4ed209315996246ccc810",
          "limit": "6f0a66e3873c3651ac2e412a7d5a5b35242b4ae1d699142ff66994228a5c5b4f",
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
