// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Testing

/// Sentences about JSON that hold for any value, on seeded random ones.
@Suite struct JSONPropertyTests {
  /// A random JSON text with spaces where they are allowed, and what Foundation makes of it.
  private struct Maker {
    var generator: SplitMix

    mutating func text(depth: Int) -> String {
      switch Int.random(in: 0...(depth > 4 ? 4 : 6), using: &generator) {
      case 0: return ["null", "true", "false"].randomElement(using: &generator) ?? "null"
      case 1: return String(Int.random(in: -1_000_000...1_000_000, using: &generator))
      case 2: return number()
      case 3: return "\"\(string())\""
      case 4:
        let numbers = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
          Bool.random(using: &generator)
            ? number() : String(Int.random(in: -9...9, using: &generator))
        }
        return "[\(space())\(numbers.joined(separator: "\(space()),\(space())"))\(space())]"
      case 5:
        let elements = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
          text(depth: depth + 1)
        }
        return "[\(elements.joined(separator: ",\(space())"))]"
      default:
        let members = (0..<Int.random(in: 0...12, using: &generator)).map { index in
          "\"\(string())\(index)\"\(space()):\(space())\(text(depth: depth + 1))"
        }
        return "{\(space())\(members.joined(separator: ","))\(space())}"
      }
    }

    mutating func space() -> String {
      ["", " ", "\n", "\t \r\n"].randomElement(using: &generator) ?? ""
    }

    mutating func number() -> String {
      let exponent = Int.random(in: -12...12, using: &generator)
      let digits = Int.random(in: 0...999_999_999, using: &generator)
      let letter = Bool.random(using: &generator) ? "e" : "E+"
      return exponent < 0 ? "-0.\(digits)e\(exponent)" : "\(digits).25\(letter)\(exponent)"
    }

    mutating func string() -> String {
      let parts = ["a", "é", "😀", "\\n", "\\u00e9", "\\ud83d\\ude00", "\\\"", "\\\\", "/", "~"]
      return (0..<Int.random(in: 0...6, using: &generator)).map { _ in
        parts.randomElement(using: &generator) ?? ""
      }.joined()
    }
  }

  private func node(_ text: String) throws -> JSONNode {
    try JSONParser.parse(JSONText(Array(text.utf8), source: "random"))
  }

  private func foundation(_ bytes: some Sequence<UInt8>) throws -> NSObject {
    let value = try JSONSerialization.jsonObject(
      with: Data(bytes), options: .fragmentsAllowed)
    return try #require(value as? NSObject)
  }

  @Test(arguments: 1...300) func printingKeepsTheValue(_ seed: UInt64) throws {
    var maker = Maker(generator: SplitMix(state: seed))
    let text = maker.text(depth: 0)
    let node = try node(text)
    let printed = JSONWriter.write(node)
    // Foundation reads the same value from the text and from what we print of it.
    #expect(try foundation(text.utf8) == foundation(printed))
    // Printing what was printed changes nothing, and the value equals itself.
    let again = try self.node(String(decoding: printed, as: UTF8.self))
    #expect(JSONWriter.write(again) == printed)
    #expect(again.isEqual(to: node))
  }

  /// A random value replaced by `test` itself passes, and put anywhere is found there.
  @Test(arguments: 1...100) func patchesPutWhatTheySay(_ seed: UInt64) throws {
    var maker = Maker(generator: SplitMix(state: seed))
    let value = maker.text(depth: 2)
    let patch = """
      [{"op": "add", "path": "/list/1", "value": \(value)},
       {"op": "test", "path": "/list/1", "value": \(value)},
       {"op": "copy", "from": "/list/1", "path": "/a~1b"},
       {"op": "move", "from": "/list/1", "path": "/c"},
       {"op": "test", "path": "/c", "value": \(value)},
       {"op": "replace", "path": "/list/0", "value": \(value)},
       {"op": "remove", "path": "/c"}]
      """
    let result = try JSONPatch(json: Array(patch.utf8)).applied(
      toJSON: Array(#"{"list": [1, 2.5]}"#.utf8))
    let expected = try node("{\"a/b\": \(value), \"list\": [\(value), 2.5]}")
    #expect(result == JSONWriter.write(expected))
  }

  /// Whatever bytes are flipped or cut, reading ends with a value or a place within the text.
  @Test(arguments: 1...20) func damagedTextsEndInAValueOrAPlace(_ seed: UInt64) throws {
    var maker = Maker(generator: SplitMix(state: seed))
    let original = Array("[\(maker.text(depth: 0)), \(maker.text(depth: 0))]".utf8)
    for _ in 0..<200 {
      var bytes = original
      let index = Int.random(in: 0..<bytes.count, using: &maker.generator)
      if Bool.random(using: &maker.generator) {
        bytes[index] = UInt8.random(in: 0...255, using: &maker.generator)
      } else {
        bytes.removeSubrange(index...)
      }
      do throws(JSONSyntaxError) {
        _ = try JSONParser.parse(JSONText(bytes, source: "damaged"))
      } catch {
        #expect(error.line >= 1 && error.column >= 1)
        #expect(error.line <= bytes.count { $0 == 0x0A } + 1)
      }
    }
  }
}
