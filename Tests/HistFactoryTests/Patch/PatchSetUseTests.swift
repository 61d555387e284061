// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

/// Patchsets applied and extracted as pyhf 0.7.6 does it.
@Suite struct PatchSetUseTests {
  private func patchSet() throws -> PatchSet {
    try PatchSet(json: try OperationFixtures.bytes("patchset"), source: "s.json")
  }

  /// The digest pyhf has for exactly pyhf's canonical text.
  private func digest(_ algorithm: PatchSet.DigestAlgorithm, _ bytes: [UInt8]) throws -> String {
    let known = try OperationFixtures.node("digest_left")
    let isLeft = known["canonical"]?.string == String(decoding: bytes, as: UTF8.self)
    return isLeft && algorithm == .sha256 ? known["sha256"]?.string ?? "" : "another"
  }

  @Test(arguments: ["left", "right"])
  func digestsAreOfPyhfsText(_ name: String) throws {
    let canonical = try Workspace.canonicalJSON(of: try OperationFixtures.bytes(name))
    let known = try OperationFixtures.node("digest_" + name)
    #expect(String(decoding: canonical, as: UTF8.self) == known["canonical"]?.string)
  }

  @Test func applies() throws {
    let set = try patchSet()
    let left = try OperationFixtures.bytes("left")
    try OperationFixtures.expect("patched") {
      try set.applying("point_100", toBackground: left) { try? digest($0, $1) }
    }
    let right = try OperationFixtures.bytes("right")
    #expect(throws: InvalidWorkspace.self) {
      try set.applying("point_100", toBackground: right) { try? digest($0, $1) }
    }
  }

  @Test func extracts() throws {
    let set = try patchSet()
    let expected = try OperationFixtures.node("extracted")
    let patch = try JSONParser.parse(JSONText(try set.extract("point_100"), source: "patch"))
    #expect(patch.isEqual(to: expected))
    let withMetadata = try JSONParser.parse(
      JSONText(try set.extract("point_100", includesMetadata: true), source: "patch"))
    #expect(withMetadata.isEqual(to: try OperationFixtures.node("extracted_with_metadata")))
    // What is extracted is a patch again.
    let again = try JSONPatch(json: try set.extract("point_200"))
    #expect(again.jsonData() == Array("[]".utf8))
  }

  @Test func unknownPatchesAreTold() throws {
    let refusal = #expect(throws: InvalidWorkspace.self) { try patchSet().extract("point_101") }
    #expect(
      refusal?.description
        == "s.json: patches: there is no patch 'point_101' in the patchset; "
        + "did you mean 'point_100'?")
  }
}
