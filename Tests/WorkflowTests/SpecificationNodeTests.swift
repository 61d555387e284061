// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import Workflow

/// What parsing a text says: nothing, or the diagnostics.
func problems(_ yaml: String) -> String? {
  do {
    _ = try SpecificationNode.parse(yaml, file: "a.yaml")
    return nil
  } catch {
    return error.description
  }
}

@Suite("YAML text to nodes")
struct SpecificationNodeTests {
  @Test("scalars stay text, whatever YAML 1.1 would guess")
  func scalarsStayText() throws {
    let traps = [
      "no", "yes", "010", "12:30:45", "2020-01-01", "1.10", "~", "null", "0x1F", "1_000", ".inf",
      "<<", "=",
    ]
    for trap in traps {
      let node = try SpecificationNode.parse("key: \(trap)", file: "a.yaml")
      guard case .scalar(let text, let isQuoted) = try #require(node.fields?.first).value.content
      else {
        Issue.record("'\(trap)' is not a scalar")
        continue
      }
      #expect(text == trap)
      #expect(!isQuoted)
    }
  }

  @Test("quotes are told from plain text")
  func quotes() throws {
    let node = try SpecificationNode.parse("[a, 'a', \"a\", '']", file: "a.yaml")
    let quoted = try #require(node.elements).map { element in
      if case .scalar(_, let isQuoted) = element.content { isQuoted } else { false }
    }
    #expect(quoted == [false, true, true, true])
  }

  @Test("a node knows its path, its place and its key's place")
  func places() throws {
    let yaml = "steps:\n  - id: fill\n  - id:\n      deep: [1, é, {x: 2}]\n"
    let root = try SpecificationNode.parse(yaml, file: "a.yaml")
    let steps = try #require(root.fields?.first?.value)
    let deep = try #require(steps.elements?[1].fields?.first?.value.fields?.first?.value)
    #expect(deep.path == "steps[1].id.deep")
    #expect(deep.location == SourceLocation(file: "a.yaml", line: 4, column: 13))
    #expect(deep.keyLocation == SourceLocation(file: "a.yaml", line: 4, column: 7))
    let last = try #require(deep.elements?[2].fields?.first?.value)
    #expect(last.path == "steps[1].id.deep[2].x")
    #expect(last.location.column == 24)
  }

  @Test("files of other systems: carriage returns and a byte-order mark")
  func otherSystems() throws {
    let node = try SpecificationNode.parse("\u{feff}a: 1\r\nb:\r\n  c: x\r\n", file: "a.yaml")
    #expect(node.fields?.map(\.key) == ["a", "b"])
    let value = try #require(node.fields?.last?.value.fields?.first?.value)
    #expect(value.location == SourceLocation(file: "a.yaml", line: 3, column: 6))
    guard case .scalar("x", isQuoted: false) = value.content else {
      Issue.record("the carriage return is part of the value")
      return
    }
    #expect(
      problems("a:\r\n  b: 1\r\n  b: 2\r\n")
        == "a.yaml:3:3: the key 'b' stands twice in one mapping, first in line 2, column 3")
    #expect(problems("a:\r\n\tb: 1\r\n") == "a.yaml:2:1: a tab stands where YAML wants spaces")
  }

  @Test("keys keep the order of the file")
  func order() throws {
    let node = try SpecificationNode.parse("{z: 1, a: 2, m: 3}", file: "a.yaml")
    #expect(node.fields?.map(\.key) == ["z", "a", "m"])
  }

  @Test(
    "what is no plain YAML is refused with its place",
    arguments: [
      ("", "a.yaml:1:1: the file is empty"),
      ("# only a comment\n", "a.yaml:1:1: the file is empty"),
      ("a: &x 1\n", "a.yaml:1:4: a: anchors and aliases ('&x') are not read; write the value out"),
      (
        "a: &x 1\nb: *x\n",
        "a.yaml:2:4: anchors and aliases ('&x', '*x') are not read; write the value out"
      ),
      ("a: *y\n", "a.yaml:1:4: this is not YAML: found undefined alias"),
      (
        "a: !!float 1\n",
        "a.yaml:1:4: a: tags ('tag:yaml.org,2002:float') are not read; "
          + "the field says what its value is"
      ),
      (
        "a: !mine {b: 1}\n",
        "a.yaml:1:4: a: tags ('!mine') are not read; the field says what its value is"
      ),
      (
        "a: 1\nb:\n  c: 1\n  d: 2\n  'c': 3\n",
        "a.yaml:5:3: the key 'c' stands twice in one mapping, first in line 3, column 3"
      ),
      (
        "a: {b: 1, c: 2, b: 3}\n",
        "a.yaml:1:17: the key 'b' stands twice in one mapping, first in line 1, column 5"
      ),
      (
        "x:\n  - a: {b: 1}\n    'b': {b: 0}\n    # a\n\n    b: 2\n",
        "a.yaml:6:5: the key 'b' stands twice in one mapping, first in line 3, column 5"
      ),
      (
        "a: {b: 1,\n  c: 2,\n  b: 3}\nd: {b: 1}\n",
        "a.yaml:3:3: the key 'b' stands twice in one mapping, first in line 1, column 5"
      ),
      ("a:\n\t- 1\n", "a.yaml:2:1: a tab stands where YAML wants spaces"),
      (
        "a: \u{7}\n", "a.yaml:1:4: the control character U+0007 cannot stand in YAML; remove it"
      ),
      ("a: 1\n---\nb: 1\n", "a.yaml:2:1: a second document begins here; a file holds one"),
      ("? [1, 2]\n: 3\n", "a.yaml:1:3: a key must be text without an anchor"),
      (
        "a: [1, 2\n",
        "a.yaml:2:1: this is not YAML: did not find expected ',' or ']' "
          + "(while parsing a flow sequence, line 1)"
      ),
      (
        "a: 'b\n",
        "a.yaml:2:1: this is not YAML: found unexpected end of stream "
          + "(while scanning a quoted scalar, line 1)"
      ),
    ])
  func refused(_ yaml: String, _ expected: String) {
    #expect(problems(yaml) == expected)
  }

  @Test("all anchors and tags of a file are told at once")
  func allAtOnce() {
    let text = problems("a: &x 1\nb: !t 2\nc: [&z 3]\n")
    #expect(text?.split(separator: "\n").count == 3)
  }

  @Test(
    "ampersands and asterisks in text are no anchors",
    arguments: [
      "title: Squarks & gluinos *and* more\n", "url: https://x.org/?a=1&b=2 \ncut: a *b\n",
      "cut: \"a * b\"\n",
    ])
  func noAnchors(_ yaml: String) {
    #expect(problems(yaml) == nil)
  }

  @Test("an alias bomb is refused at once, in values and in keys")
  func bomb() {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...30 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let refusal = "anchors and aliases ('&a0', '*a0') are not read; write the value out"
    #expect(problems(bomb) == "a.yaml:2:10: \(refusal)")
    #expect(problems(bomb + "? *a30\n: 1\n? *a30\n: 2\n") == "a.yaml:2:10: \(refusal)")
  }

  @Test("nesting, size and number of values are limited")
  func limits() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(problems(nested(64)) == nil)
    #expect(problems(nested(66))?.hasSuffix("the file is nested deeper than 64 levels") == true)
    #expect(problems(nested(900))?.contains("nested deeper") == true)
    #expect(problems(nested(100_000))?.hasPrefix("a.yaml:1:") == true)
    let wide = "[" + String(repeating: "1,", count: 200_001) + "]"
    #expect(problems(wide)?.hasSuffix("the file has more than 200000 values") == true)
    let huge = "a: " + String(repeating: "x", count: 4 << 20)
    #expect(
      problems(huge)
        == "a.yaml:1:1: the file has 4194307 bytes, more than the 4194304 that are read"
    )
  }

  @Test("mutated files are read or refused, and never crash")
  func fuzz() {
    var random = SeededGenerator(seed: 20_101_429_3)
    let valid = Array(
      "schema: 1\nsteps:\n  - {id: a, 'b': [1, \"x\\n\"]} # c\n  - |\n   text\n".utf8)
    let alphabet = Array("&*!|>'\"%@`{}[]:,?-# \t\n\\x0\u{e9}".utf8)
    var accepted = 0
    for _ in 0..<3000 {
      var bytes = valid
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = bytes.indices.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: place)
        default: bytes[place] = alphabet.randomElement(using: &random) ?? 0
        }
      }
      let problem = problems(String(decoding: bytes, as: UTF8.self))
      if let problem { #expect(problem.hasPrefix("a.yaml:")) } else { accepted += 1 }
    }
    #expect((1..<3000).contains(accepted))
  }
}
