// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Testing

@Suite struct JSONPatchTests {
  private func patched(_ document: String, _ patch: String) throws -> String {
    let patch = try JSONPatch(json: Array(patch.utf8), source: "p.json")
    return String(decoding: try patch.applied(toJSON: Array(document.utf8)), as: UTF8.self)
  }

  /// The examples of RFC 6902, appendix A, and the pointers of RFC 6901 §5.
  @Test(arguments: [
    (
      #"{"foo": "bar"}"#, #"[{"op": "add", "path": "/baz", "value": "qux"}]"#,
      #"{"baz": "qux", "foo": "bar"}"#
    ),
    (
      #"{"foo": ["bar", "baz"]}"#, #"[{"op": "add", "path": "/foo/1", "value": "qux"}]"#,
      #"{"foo": ["bar", "qux", "baz"]}"#
    ),
    (#"{"baz": "qux", "foo": "bar"}"#, #"[{"op": "remove", "path": "/baz"}]"#, #"{"foo": "bar"}"#),
    (
      #"{"foo": ["bar", "qux", "baz"]}"#, #"[{"op": "remove", "path": "/foo/1"}]"#,
      #"{"foo": ["bar", "baz"]}"#
    ),
    (
      #"{"baz": "qux", "foo": "bar"}"#, #"[{"op": "replace", "path": "/baz", "value": "boo"}]"#,
      #"{"baz": "boo", "foo": "bar"}"#
    ),
    (
      #"{"foo": {"bar": "baz", "waldo": "fred"}, "qux": {"corge": "grault"}}"#,
      #"[{"op": "move", "from": "/foo/waldo", "path": "/qux/thud"}]"#,
      #"{"foo": {"bar": "baz"}, "qux": {"corge": "grault", "thud": "fred"}}"#
    ),
    (
      #"{"foo": ["all", "grass", "cows", "eat"]}"#,
      #"[{"op": "move", "from": "/foo/1", "path": "/foo/3"}]"#,
      #"{"foo": ["all", "cows", "eat", "grass"]}"#
    ),
    (
      #"{"baz": "qux", "foo": ["a", 2, "c"]}"#,
      #"[{"op": "test", "path": "/baz", "value": "qux"}, {"op": "test", "path": "/foo/1", "value": 2.0}]"#,
      #"{"baz": "qux", "foo": ["a", 2, "c"]}"#
    ),
    (
      #"{"foo": "bar"}"#, #"[{"op": "add", "path": "/child", "value": {"grandchild": {}}}]"#,
      #"{"child": {"grandchild": {}}, "foo": "bar"}"#
    ),
    (
      #"{"foo": "bar"}"#, #"[{"op": "add", "path": "/baz", "value": "qux", "xyz": 123}]"#,
      #"{"baz": "qux", "foo": "bar"}"#
    ),
    (
      #"{"/": 9, "~1": 10}"#, #"[{"op": "test", "path": "/~01", "value": 10}]"#,
      #"{"/": 9, "~1": 10}"#
    ),
    (
      #"{"foo": ["bar"]}"#, #"[{"op": "add", "path": "/foo/-", "value": ["abc", "def"]}]"#,
      #"{"foo": ["bar", ["abc", "def"]]}"#
    ),
    // Beyond the RFC's examples: arrays of numbers, the root, the empty key, copies.
    (
      #"{"a": [1, 2.0, 3]}"#, #"[{"op": "replace", "path": "/a/1", "value": 7}]"#,
      #"{"a": [1, 7, 3]}"#
    ),
    (#"{"a": 1}"#, #"[{"op": "replace", "path": "", "value": [true]}]"#, "[true]"),
    (
      #"{"": {"m~n": 8}}"#, #"[{"op": "copy", "from": "//m~0n", "path": "/x~1y"}]"#,
      #"{"": {"m~n": 8}, "x/y": 8}"#
    ),
    (#"{"a": {"b": 1}}"#, #"[{"op": "move", "from": "/a", "path": "/a"}]"#, #"{"a": {"b": 1}}"#),
    (#"{"a": 1}"#, "[]", #"{"a": 1}"#),
  ]) func applied(_ document: String, _ patch: String, _ result: String) throws {
    #expect(try patched(document, patch) == result)
  }

  @Test(arguments: [
    (
      #"{"baz": "qux"}"#, #"[{"op": "test", "path": "/baz", "value": "bar"}]"#,
      "p.json:1:2: [0]: the test of '/baz' failed: the document has another value there, so this "
        + "patch was made for another one"
    ),
    (
      #"{"/": 9, "~1": 10}"#, #"[{"op": "test", "path": "/~01", "value": "10"}]"#,
      "p.json:1:2: [0]: the test of '/~01' failed: the document has another value there, so this "
        + "patch was made for another one"
    ),
    (
      #"{"foo": "bar"}"#, #"[{"op": "add", "path": "/baz/bat", "value": "qux"}]"#,
      "p.json:1:2: [0]: there is no 'baz' on the way of '/baz/bat' in the document"
    ),
    (
      #"{"foo": [1]}"#, #"[{"op": "remove", "path": "/foo/1"}]"#,
      "p.json:1:2: [0]: the array on the way of '/foo/1' has 1 elements, so there is nothing at '1'"
    ),
    (
      #"{"foo": [1]}"#, #"[{"op": "add", "path": "/foo/01", "value": 1}]"#,
      "p.json:1:2: [0]: '01' is not a position in the array on the way of '/foo/01'"
    ),
    (
      #"{"foo": [1]}"#, #"[{"op": "add", "path": "/foo/2", "value": 1}]"#,
      "p.json:1:2: [0]: the array on the way of '/foo/2' has 1 elements, so there is nothing at '2'"
    ),
    (
      #"{"a": {"b": 1}}"#, #"[{"op": "move", "from": "/a", "path": "/a/b"}]"#,
      "p.json:1:2: [0]: a value can't be moved into itself ('/a/b')"
    ),
    (
      #"{"a": 1}"#,
      #"[{"op": "add", "path": "/c", "value": 1},  {"op": "copy", "from": "/b", "path": "/d"}]"#,
      "p.json:1:44: [1]: there is no 'b' on the way of '/b' in the document"
    ),
    (
      "{}", #"[{"op": "ad", "path": "/a"}]"#,
      "p.json:1:9: [0]: there is no operation 'ad'; the known ones are add, remove, replace, move, "
        + "copy, test"
    ),
    ("{}", #"[{"op": "add", "path": "/a"}]"#, "p.json:1:2: [0]: a 'add' needs the key 'value'"),
    ("{}", #"[{"op": "move", "path": "/a"}]"#, "p.json:1:2: [0]: a 'move' needs the key 'from'"),
    ("{}", #"[{"op": "remove"}]"#, "p.json:1:2: [0]: an operation lacks the key 'path'"),
    (
      "{}", #"[{"op": "remove", "path": "a"}]"#,
      "p.json:1:27: [0]: 'a' is not a JSON pointer: it starts with '/', and '~' is written '~0'"
    ),
    (
      "{}", #"[{"op": "remove", "path": "/a~2"}]"#,
      "p.json:1:27: [0]: '/a~2' is not a JSON pointer: it starts with '/', and '~' is written '~0'"
    ),
    ("{}", "{}", "p.json:1:1: a patch must be an array of operations, but this is an object"),
    ("{}", "[", "p.json:1:2: the text ends where a value should be"),
  ]) func refused(_ document: String, _ patch: String, _ sentence: String) {
    do {
      Issue.record("accepted: \(try patched(document, patch))")
    } catch { #expect("\(error)" == sentence) }
  }

  /// A few lines must not fill the memory, nor nest so deep that reading overflows the stack.
  @Test func copiesAndDepthAreLimited() {
    // Copy k makes 4·2^k values, so all up to the 20th make 4·(2^20 − 1), which is too many.
    let doubling = Array(
      repeating: #"{"op": "copy", "from": "/a", "path": "/a/-"}"#, count: 60
    ).joined(separator: ", ")
    #expect(
      outcome(#"{"a": [1, 2, 3]}"#, "[\(doubling)]")
        == "p.json:1:\(2 + 46 * 19): [19]: the patch copies more than 4000000 values")
    let nesting = (0..<100).map { level in
      let path = String(repeating: "/b", count: level + 1)
      return "{\"op\": \"add\", \"path\": \"\(path)\", \"value\": {}}"
    }
    let text = outcome("{}", "[\(nesting.joined(separator: ", "))]")
    #expect(text.contains("[63]: the patched document would be nested more than 64 levels deep"))
  }

  private func outcome(_ document: String, _ patch: String) -> String {
    do {
      return try patched(document, patch)
    } catch { return "\(error)" }
  }
}
