// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Testing

@Suite struct JSONParserTests {
  private func parse(_ text: String) throws -> JSONNode {
    try JSONParser.parse(JSONText(Array(text.utf8), source: "t.json"))
  }

  private func refusal(_ bytes: [UInt8]) -> String {
    do {
      _ = try JSONParser.parse(JSONText(bytes, source: "t.json"))
      return "accepted"
    } catch { return error.description }
  }

  @Test func values() throws {
    let node = try parse(
      #" {"a": [1, -2.5, 3e2], "b": "x\n\u00e9\ud83d\ude00/\/", "c": [true, false, null, []]} "#)
    #expect(node["a"]?.doubles == [1, -2.5, 300])
    #expect(node["b"]?.string == "x\né😀//")
    #expect(node["c"]?.elements?.map(\.kindName) == ["a boolean", "a boolean", "null", "an array"])
  }

  @Test(arguments: [
    ("", "t.json:1:1: the text ends where a value should be"),
    (
      "{\"a\": 1", "t.json:1:8: the text ends where ',' or '}' after a value of an object should be"
    ),
    ("[1, 2", "t.json:1:6: the text ends where ',' or ']' after an element of an array should be"),
    ("[1, 2,]", "t.json:1:7: found ']' where a value should be"),
    ("{\"a\": 1, \"a\": 2}", "t.json:1:10: the key 'a' is given twice in one object"),
    ("[NaN]", "t.json:1:2: NaN and Infinity are not JSON; every number must be finite"),
    (
      "[1.0,\n -Infinity]", "t.json:2:3: NaN and Infinity are not JSON; every number must be finite"
    ),
    ("[1e400]", "t.json:1:2: the number is too large for a 64-bit float"),
    ("[01]", "t.json:1:2: a number may not start with a superfluous 0"),
    ("[1.]", "t.json:1:4: found ']' where a digit after the decimal point should be"),
    ("[.5]", "t.json:1:2: found '.' where a value should be"),
    ("[+1]", "t.json:1:2: found '+' where a value should be"),
    ("[1e]", "t.json:1:4: found ']' where a digit of the exponent should be"),
    ("{} x", "t.json:1:4: something follows after the end of the JSON value"),
    ("\"a", "t.json:1:1: a text in double quotes is never closed"),
    ("\"\u{01}\"", "t.json:1:2: a control character in a text must be written as an escape (\\n)"),
    ("\"\\x\"", "t.json:1:2: there is no such escape in JSON: write '\\\\'"),
    ("\"\\ud800\"", "t.json:1:2: half of a surrogate pair is not a character"),
    ("\"\\ud800\\u0041\"", "t.json:1:2: half of a surrogate pair is not a character"),
    ("\"\\u12g4\"", "t.json:1:2: '\\u' needs four hexadecimal digits"),
    ("tru", "t.json:1:1: found 't' where a value should be"),
    ("{a: 1}", "t.json:1:2: found 'a' where a key in double quotes should be"),
    ("{\"é\" 1}", "t.json:1:6: found '1' where ':' after the key 'é' should be"),
  ]) func refused(_ text: String, _ message: String) {
    #expect(refusal(Array(text.utf8)) == message)
  }

  @Test func bytesThatAreNotUTF8() {
    #expect(
      refusal([0x22, 0x61, 0xFF, 0x22])
        == "t.json:1:2: a text contains bytes that are not UTF-8")
    // An overlong encoding of '/', an encoded surrogate.
    #expect(refusal([0x22, 0xC0, 0xAF, 0x22]).contains("not UTF-8"))
    #expect(refusal([0x22, 0xED, 0xA0, 0x80, 0x22]).contains("not UTF-8"))
    #expect(refusal([0xEF, 0xBB, 0xBF, 0x31]).contains("byte-order mark"))
  }

  @Test func depthIsLimited() throws {
    let deepest = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(try parse(deepest).elements?.count == 1)
    #expect(
      refusal(Array(("[" + deepest + "]").utf8))
        == "t.json:1:65: arrays and objects are nested more than 64 levels deep")
  }

  @Test func duplicateKeysOfALargeObject() {
    let members = (0..<20).map { "\"k\($0)\": 0" } + ["\"k3\": 1"]
    #expect(
      refusal(Array("{\(members.joined(separator: ", "))}".utf8)).contains("'k3' is given twice"))
  }

  @Test func integersBeyondDoublesKeepTheirDigits() throws {
    let text = "[9007199254740993, 1.0, 123456789012345678901234567890, -0, 7]"
    #expect(JSONWriter.write(try parse(text)) == Array(text.replacing("-0", with: "0").utf8))
  }

  /// Every double of random bits, in its shortest form, with 17 digits and with far too many, reads
  /// back to the same bits; Foundation's conversion is the witness.
  @Test func numbersAreCorrectlyRounded() throws {
    var generator = SplitMix(state: 1)
    var texts: [String] = []
    while texts.count < 60_000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      let scaled = Double(Int64(truncatingIfNeeded: generator.next()) >> 12) * 1e-9
      texts += [
        value.description, String(format: "%.16e", value), String(format: "%.25e", value),
        scaled.description, String(format: "%.18f", scaled), String(format: "%.9f", scaled),
      ]
    }
    let values = try #require(try parse("[" + texts.joined(separator: ",") + "]").doubles)
    let wrong = zip(texts, values).filter { text, value in
      strtod(text, nil).bitPattern != value.bitPattern
    }
    #expect(values.count == texts.count)
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }

  /// Ties and their neighbours, where rounding twice would go wrong.
  @Test func numbersAtATie() throws {
    var generator = SplitMix(state: 2)
    for _ in 0..<20_000 {
      let mantissa = (1 << 53) | (generator.next() >> 11) | 1
      for digits in [mantissa, mantissa + 1, mantissa &* 2 + 1, mantissa &* 4 + 2] {
        for exponent in ["", "e-3", "e-27", "e27", "e-28"] {
          let text = "\(digits)\(exponent)"
          let value = try #require(try parse(text).double)
          guard value.bitPattern == strtod(text, nil).bitPattern else {
            Issue.record("\(text) read as \(value)")
            return
          }
        }
      }
    }
  }

  /// Python 3.11: `json.dumps(x)` of each.
  @Test(arguments: [
    (1e16, "1e+16"), (1.8e16, "1.8e+16"), (10_000_000_000_000_002.0, "1.0000000000000002e+16"),
    (9_999_999_999_999_998, "9999999999999998.0"), (1e-4, "0.0001"), (1e-5, "1e-05"),
    (1.5e-7, "1.5e-07"), (Double.leastNonzeroMagnitude, "5e-324"), (1.797e308, "1.797e+308"),
    (-0.0, "-0.0"),
    (0.1, "0.1"), (100, "100.0"), (-2.5e17, "-2.5e+17"),
    (12_345_678_901_234_568, "1.2345678901234568e+16"),
  ]) func floatsAsPythonWritesThem(_ value: Double, _ text: String) {
    #expect(PythonFloat.text(of: value) == text)
  }
}

/// Steele, Lea, Flood: SplitMix64 (doi:10.1145/2660193.2660195).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
