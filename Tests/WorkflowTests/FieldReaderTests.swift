// SPDX-License-Identifier: Apache-2.0
import Testing
import Workflow

@Suite("Fields of a mapping")
struct FieldReaderTests {
  enum Scale: String, CaseIterable { case linear, log }

  /// Reads a mapping and returns what was reported.
  private func report(_ yaml: String, _ read: (FieldReader) -> Void) throws -> [String] {
    let diagnostics = Diagnostics()
    let reader = FieldReader(try SpecificationNode.parse(yaml, file: "f"), diagnostics)
    read(reader)
    reader.finish()
    return diagnostics.all.map(\.description)
  }

  @Test("values of every type")
  func values() throws {
    let yaml = """
      {text: a b, quoted: "5", number: -2.5e-3, whole: 12, yes: true, no: false, list: [a, 'b'],
       numbers: [1, 2.5], scale: log, map: {x: 1, y: 2}, zero: 0, point: .5, plus: +1}
      """
    let problems = try report(yaml) { reader in
      #expect(reader.string("text") == "a b")
      #expect(reader.string("quoted") == "5")
      #expect(reader.double("number") == -0.0025)
      #expect(reader.int("whole") == 12)
      #expect(reader.bool("yes") == true)
      #expect(reader.bool("no") == false)
      #expect(reader.strings("list") == ["a", "b"])
      #expect(reader.doubles("numbers") == [1, 2.5])
      #expect(reader.choice("scale", of: Scale.self) == .log)
      #expect(reader.fields("map")?.map(\.key) == ["x", "y"])
      #expect(reader.int("zero", in: 0...1) == 0)
      #expect(reader.double("point") == 0.5)
      #expect(reader.double("plus") == 1)
      #expect(reader.string("absent") == nil)
    }
    #expect(problems.isEmpty)
  }

  @Test(
    "what is no number is not read as one",
    arguments: [
      ("abc", "'abc'"),
      ("010", "'010' (some readers take leading zeros for octal; write it without them)"),
      ("0x10", "'0x10'"), ("1_000", "'1_000'"), (".inf", "'.inf'"), ("nan", "'nan'"),
      ("infinity", "'infinity'"), ("12:30:45", "'12:30:45'"), ("1e999", "'1e999'"), ("1e", "'1e'"),
      (".", "'.'"), ("-e", "'-e'"), ("1 2", "'1 2'"), ("--1", "'--1'"), ("[1]", "a list"),
      ("{}", "a mapping"), ("", "nothing"), ("no", "'no'"),
    ])
  func numbers(_ text: String, _ nature: String) throws {
    let number = try report("x: \(text)\n") { #expect($0.double("x") == nil) }
    #expect(number.first?.hasSuffix(": x: must be a number, not \(nature)") == true)
    let whole = try report("x: \(text)\n") { #expect($0.int("x") == nil) }
    #expect(whole.first?.hasSuffix(": x: must be a whole number, not \(nature)") == true)
  }

  @Test(
    "whole numbers have no fraction, exponent or plus sign, and fit",
    arguments: ["1.0", "1e3", "+1", "99999999999999999999", "-x"])
  func wholeNumbers(_ text: String) throws {
    let problems = try report("x: \(text)") { #expect($0.int("x") == nil) }
    #expect(problems == ["f:1:4: x: must be a whole number, not '\(text)'"])
  }

  @Test("ranges are told in words")
  func ranges() throws {
    let positive = Double.leastNonzeroMagnitude ... .greatestFiniteMagnitude
    let problems = try report("{a: 2, b: -1, c: 0, d: 0, e: 2, f: 2, g: -5, h: 0.75}") { reader in
      #expect(reader.double("a", in: 0...1) == nil)
      #expect(reader.double("b", in: 0 ... .infinity) == nil)
      #expect(reader.double("c", in: positive) == nil)
      #expect(reader.double("d", in: .leastNonzeroMagnitude...1) == nil)
      #expect(reader.double("e", in: -.infinity...1.5) == nil)
      #expect(reader.int("f", in: 3...Int.max) == nil)
      #expect(reader.int("g", in: -2...7) == nil)
      #expect(reader.double("h", in: 0.25...0.5) == nil)
    }
    #expect(
      problems == [
        "f:1:5: a: must be between 0 and 1, not 2", "f:1:11: b: must be at least 0, not -1",
        "f:1:18: c: must be greater than 0, not 0",
        "f:1:24: d: must be greater than 0 and at most 1, not 0",
        "f:1:30: e: must be at most 1.5, not 2", "f:1:36: f: must be at least 3, not 2",
        "f:1:42: g: must be between -2 and 7, not -5",
        "f:1:49: h: must be between 0.25 and 0.5, not 0.75",
      ])
  }

  @Test("only true and false are truth values", arguments: ["yes", "no", "on", "True", "1", "[]"])
  func truth(_ text: String) throws {
    let problems = try report("x: \(text)") { #expect($0.bool("x") == nil) }
    #expect(problems.first?.hasPrefix("f:1:4: x: must be true or false, not ") == true)
  }

  @Test("quotes, lists and choices")
  func others() throws {
    let yaml = "{a: '1', b: 'true', c: [x, [y], {}], d: [1, z], e: lin, f: 3, g: }"
    let problems = try report(yaml) { reader in
      #expect(reader.double("a") == nil)
      #expect(reader.bool("b") == nil)
      #expect(reader.strings("c") == nil)
      #expect(reader.doubles("d") == nil)
      #expect(reader.choice("e", of: Scale.self) == nil)
      #expect(reader.fields("f") == nil)
      #expect(reader.string("g") == nil)
    }
    #expect(
      problems == [
        "f:1:5: a: must be a number, not text (remove the quotes)",
        "f:1:13: b: must be true or false, not text (remove the quotes)",
        "f:1:28: c[1]: must be text, not a list", "f:1:33: c[2]: must be text, not a mapping",
        "f:1:45: d[1]: must be a number, not 'z'",
        "f:1:52: e: must be one of linear, log, not 'lin'",
        "f:1:60: f: must be a mapping, not '3'", "f:1:66: g: must be text, not nothing",
      ])
  }

  @Test("missing, unknown and misspelt keys")
  func keys() throws {
    let problems = try report("{kind: a, colour: red, paramters: 1}") { reader in
      _ = reader.string("kind", required: true)
      _ = reader.string("id", required: true)
      _ = reader.node("parameters")
    }
    #expect(
      problems == [
        "f:1:1: 'id' is missing",
        "f:1:11: colour: unknown key 'colour' (known: kind, id, parameters)",
        "f:1:24: paramters: unknown key 'paramters' (did you mean 'parameters'?)",
      ])
  }

  @Test("a key that is read twice is listed once")
  func readTwice() throws {
    let problems = try report("{colour: red}") { reader in
      _ = reader.string("kind")
      _ = reader.node("kind")
    }
    #expect(problems == ["f:1:2: colour: unknown key 'colour' (known: kind)"])
  }

  @Test("what is no mapping is told once")
  func noMapping() throws {
    let problems = try report("[1, 2]") { reader in
      #expect(reader.string("kind", required: true) == nil)
      #expect(reader.int("n", required: true) == nil)
    }
    #expect(problems == ["f:1:1: must be a mapping, not a list"])
  }
}

@Suite("Did you mean")
struct SuggestionTests {
  @Test(
    "near names",
    arguments: [
      ("yeilds", "yields"), ("Yields", "yields"), ("yield", "yields"), ("wrkspace", "workspace"),
      ("k", nil), ("histogram", nil), ("id", "id"), ("di", "id"), ("ix", "id"), ("", nil),
    ])
  func nearest(_ word: String, _ expected: String?) {
    #expect(Suggestion.nearest(to: word, among: ["yields", "workspace", "id"]) == expected)
  }

  @Test("of equally near names the first in the alphabet, whatever the order")
  func ties() {
    #expect(Suggestion.nearest(to: "cat", among: ["rat", "bat", "hat"]) == "bat")
    #expect(Suggestion.nearest(to: "cat", among: ["hat", "bat", "rat"]) == "bat")
  }

  @Test("the end of a sentence")
  func hint() {
    #expect(Suggestion.hint(for: "kid", among: ["id"]) == " (did you mean 'id'?)")
    #expect(
      Suggestion.hint(for: "x", among: ["abc", "def"], known: "it has") == " (it has: abc, def)")
    #expect(Suggestion.hint(for: "x", among: [String]()) == "")
    let many = (10..<40).map { "name\($0)" }
    #expect(Suggestion.hint(for: "zzz", among: many).hasSuffix("name20, name21, …)"))
  }
}
