// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import HistFactory
import Steps
import Testing
import Workflow

/// Signals that come as patches of the workspace, alone or in a patchset tied to its background.
@Suite struct PatchedSignalTests {
  private static let operation = """
    {"op": "add", "path": "/channels/0/samples/-", "value": {"name": "signal", "data": [12.0, 11.0],
     "modifiers": [{"name": "mu", "type": "normfactor", "data": null}]}}
    """

  private static func patchSet(digests: String) -> String {
    """
    {"metadata": {"references": {"hepdata": "ins1234567"}, "description": "d", "labels": ["m"],
      "digests": {\(digests)}},
     "patches": [{"metadata": {"name": "m_100", "values": [100]}, "patch": [\(operation)]}],
     "version": "1.0.0"}
    """
  }

  private static func run(
    _ signal: String, patch: String, parameters: String = "{sample: signal, poi: mu}"
  ) async throws -> StepRun {
    let folder = try TemporaryFolder()
    let background = ReferenceFiles.workflow("hello").appending(path: "data/background.json")
    try folder.write(try ReferenceFiles.text(background), to: "data/background.json")
    try folder.write(patch, to: "signals/p.json")
    return try await StepRun(
      analysis: """
        schema: 1
        analysis: a
        title: t
        luminosity_ifb: 1
        signal: {patch: required}
        steps:
          - id: model
            kind: signal-model
            inputs: {background: file.data/background.json, patch: signal.patch}
            parameters: \(parameters)
          - id: test
            kind: cls
            inputs: {workspace: model.workspace, signal: model.signal}

        """, signal: "schema: 1\nsignal: s\n\(signal)\n", directory: folder.url)
  }

  /// The same two bins as pyhf's README: CLs_obs 0.05251497.
  @Test func aPatchIsASignal() async throws {
    let run = try await Self.run("patch: {file: p.json}", patch: "[\(Self.operation)]")
    #expect(abs(try run.row("test", .cls).value - 0.05251497) < 1e-6)
    #expect(run.rows("model", .yield).map(\.value) == [12, 11])
    #expect(run.rows("model", .yield).map(\.subject) == ["SR[0]", "SR[1]"])
  }

  /// Digests of the background by pyhf.utils.digest (0.7.6).
  @Test(arguments: [
    "\"sha256\": \"d3f3a2c7ab2be9525ca893426f159bc0a584c3288ca072b9d0ba872d475cf835\"",
    "\"md5\": \"85f2b6b4c224b77ffabc56e2fc3b4a04\"",
  ]) func aPatchSetIsTiedToItsBackground(_ digests: String) async throws {
    let run = try await Self.run(
      "patchset: {file: p.json, patch: m_100}", patch: Self.patchSet(digests: digests))
    #expect(abs(try run.row("test", .cls).value - 0.05251497) < 1e-6)
    let other = await failure {
      let digest = String(digests.dropLast(5)) + "0000\""
      _ = try await Self.run(
        "patchset: {file: p.json, patch: m_100}", patch: Self.patchSet(digests: digest))
    }
    #expect(other?.contains("the patchset was made for a background with") == true)
    let missing = await failure {
      _ = try await Self.run(
        "patchset: {file: p.json, patch: m_10}", patch: Self.patchSet(digests: digests))
    }
    #expect(missing == "the patchset has no patch 'm_10' (did you mean 'm_100'?)")
  }

  @Test func refused() async {
    let patch = "[\(Self.operation)]"
    let sample = await failure {
      _ = try await Self.run(
        "patch: {file: p.json}", patch: patch, parameters: "{sample: sgnal, poi: mu}")
    }
    #expect(
      sample == "with the patch, no channel has a sample 'sgnal' (did you mean 'signal'?)")
    let statistics = await failure {
      _ = try await Self.run(
        "patch: {file: p.json}", patch: patch,
        parameters: "{sample: signal, poi: mu, statistical_uncertainty: true}")
    }
    #expect(
      statistics?.hasSuffix(
        "a patch says itself which modifiers its sample has; this has no meaning beside it")
        == true)
  }

  /// RFC 1321, appendix A.5, and FIPS 180-4's "abc".
  @Test func publishedDigests() {
    #expect(PublishedDigest.md5(of: Data()) == "d41d8cd98f00b204e9800998ecf8427e")
    #expect(
      PublishedDigest.md5(of: Data("message digest".utf8)) == "f96b697d7cb7938d525a2f31aaf161d0")
    #expect(
      PublishedDigest.sha256(of: Data("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
