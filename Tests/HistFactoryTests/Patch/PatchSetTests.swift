// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Testing

@Suite struct PatchSetTests {
  /// The example of pyhf's documentation of PatchSet.
  static let example = """
    {"metadata": {"references": {"hepdata": "ins1234567"}, "description": "example patchset",
      "digests": {"md5": "098f6bcd4621d373cade4e832627b4f6"}, "labels": ["x", "y"]},
     "patches": [{"metadata": {"name": "patch_name_for_2100x_800y", "values": [2100, 800]},
       "patch": [{"op": "add", "path": "/foo/0/bar", "value": {"foo": [1.0]}}]}],
     "version": "1.0.0"}
    """

  private func problems(_ text: String) -> String {
    do {
      _ = try PatchSet(json: Array(text.utf8), source: "s.json")
      return "accepted"
    } catch { return error.description }
  }

  @Test func example() throws {
    let set = try PatchSet(json: Array(Self.example.utf8))
    #expect(set.labels == ["x", "y"])
    #expect(set.description == "example patchset")
    #expect(set.references == ["hepdata": "ins1234567"])
    #expect(set.digests == [.md5: "098f6bcd4621d373cade4e832627b4f6"])
    let patch = try #require(set.patch(named: "patch_name_for_2100x_800y"))
    #expect(set.patch(at: [.number(2100), .number(800)])?.name == patch.name)
    #expect(patch.values.map(\.description) == ["2100", "800"])
    #expect(set.patch(at: [.number(2100)]) == nil)
    let result = try patch.patch.applied(toJSON: Array(#"{"foo": [{}]}"#.utf8))
    #expect(String(decoding: result, as: UTF8.self) == #"{"foo": [{"bar": {"foo": [1.0]}}]}"#)
  }

  @Test func digestIsOfPythonsSpelling() throws {
    let set = try PatchSet(json: Array(Self.example.utf8), source: "s.json")
    var hashed: [String] = []
    // What json.dumps of Python 3.11 makes of it with sort_keys=True, ensure_ascii=False.
    let background =
      "{\"b\":[1,2.0,0.00001,1E16,-0.0],\"a\":{\"é\":\"x\\n\\u007f\\\"\\\\\\/\",\"Z\":null,\"ä\":true},\"😀\":1,\"～\":2}"
    #expect(throws: InvalidWorkspace.self) {
      try set.verify(background: Array(background.utf8), source: "b.json") { _, bytes in
        hashed.append(String(decoding: bytes, as: UTF8.self))
        return "d41d8cd98f00b204e9800998ecf8427e"
      }
    }
    #expect(
      hashed == [
        "{\"a\": {\"Z\": null, \"ä\": true, \"é\": \"x\\n\u{7f}\\\"\\\\/\"}, "
          + "\"b\": [1, 2.0, 1e-05, 1e+16, -0.0], \"～\": 2, \"😀\": 1}"
      ])
  }

  @Test func anotherBackgroundIsRefused() throws {
    let set = try PatchSet(json: Array(Self.example.utf8), source: "s.json")
    do {
      try set.verify(background: Array("{}".utf8), source: "b.json") { _, _ in
        "99914b932bd37a50b983c5e7c90ae93b"
      }
      Issue.record("accepted")
    } catch {
      #expect(
        error.description
          == "s.json: metadata.digests.md5: the patchset was made for a background with md5 "
          + "098f6bcd4621d373cade4e832627b4f6, but b.json has 99914b932bd37a50b983c5e7c90ae93b")
    }
    do {
      try set.verify(background: Array("{}".utf8)) { _, _ in nil }
      Issue.record("accepted")
    } catch {
      #expect(
        error.description == "s.json: metadata.digests: none of the digests can be checked here")
    }
    try set.verify(background: Array("{}".utf8)) { _, _ in "098F6BCD4621D373CADE4E832627B4F6" }
  }

  @Test(arguments: [
    (
      "\"version\": \"1.0.0\"", "\"version\": \"3\"",
      "s.json:1:1: the version is '3', but only '1.0.0' of the schema is known"
    ),
    (
      "[2100, 800]", "[2100]",
      "s.json:3:14: patches[0]: patch 'patch_name_for_2100x_800y' has 1 values, but the patchset has "
        + "2 labels"
    ),
    (
      "[2100, 800]", "[2100, null]",
      "s.json:3:82: patches[0].metadata.values[1]: a number or text must stand here, not null"
    ),
    (
      "\"md5\": \"098f", "\"md5\": \"98f",
      "s.json:2:22: metadata.digests: '98f6bcd4621d373cade4e832627b4f6' is not a digest: md5 has 32 "
        + "hexadecimal digits"
    ),
    (
      "\"labels\"", "\"lables\"",
      "s.json:1:14: metadata: the metadata of a patchset lacks the key 'labels'"
    ),
    (
      "\"op\": \"add\"", "\"op\": \"put\"",
      "s.json:4:21: patches[0].patch[0]: there is no operation 'put'; the known ones are add, remove, "
        + "replace, move, copy, test"
    ),
  ]) func refused(_ part: String, _ replacement: String, _ sentence: String) {
    #expect(Self.example.ranges(of: part).isEmpty == false)
    let text = problems(Self.example.replacing(part, with: replacement))
    #expect(text.split(separator: "\n").contains { $0 == sentence }, "\(text)")
  }

  @Test func repeatedPatchesAreRefused() throws {
    let patch = try #require(Self.example.firstMatch(of: /\[(\{"metadata": \{"name".*\n.*\})\],\n/))
    let text = Self.example.replacing(patch.1, with: "\(patch.1), \(patch.1)")
    #expect(problems(text).contains("there are two patches called 'patch_name_for_2100x_800y'"))
    #expect(problems(text).contains("there are two patches for the point (2100, 800)"))
  }
}
