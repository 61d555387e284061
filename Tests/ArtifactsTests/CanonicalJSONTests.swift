// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Testing

@Suite("Canonical JSON")
struct CanonicalJSONTests {
  private func text(_ value: some Encodable) throws -> String {
    String(decoding: try CanonicalJSON.data(value), as: UTF8.self)
  }

  /// Layout of numbers as in ECMAScript (RFC 8785, appendix B, where the same doubles are listed).
  @Test(
    "numbers have one shortest text",
    arguments: [
      (0, "0"), (-0.0, "0"), (5, "5"), (-5, "-5"), (2000, "2000"), (0.1, "0.1"), (-1.5, "-1.5"),
      (.leastNonzeroMagnitude, "5e-324"), (-.leastNonzeroMagnitude, "-5e-324"),
      (1.797_693_134_862_315_7e308, "1.7976931348623157e308"),
      (9_007_199_254_740_992, "9007199254740992"),
      (295_147_905_179_352_825_856, "295147905179352830000"),
      (9.999_999_999_999_997e22, "9.999999999999997e22"), (1e23, "1e23"), (1e21, "1e21"),
      (999_999_999_999_999_737_856, "999999999999999700000"), (1e-27, "1e-27"),
      (333_333_333.333_333_3, "333333333.3333333"), (0.000_001, "0.000001"), (1e-7, "1e-7"),
      (1.5e-7, "1.5e-7"), (123_456.789, "123456.789"),
    ] as [(Double, String)])
  func numbers(_ number: Double, _ expected: String) throws {
    #expect(try text([number]) == "[\(expected)]")
    #expect(Double(expected) == number)
  }

  @Test("every double reads back as itself, and as the text of Foundation's reader")
  func roundTrip() throws {
    var bits: UInt64 = 1
    for _ in 0..<20_000 {
      bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let number = Double(bitPattern: bits)
      guard number.isFinite else { continue }
      let json = try CanonicalJSON.data([number])
      #expect(try JSONDecoder().decode([Double].self, from: json) == [number])
      #expect(Double(String(decoding: json.dropFirst().dropLast(), as: UTF8.self)) == number)
    }
  }

  @Test("integers of every width, floats at their own precision")
  func widths() throws {
    #expect(try text([UInt64.max]) == "[18446744073709551615]")
    #expect(try text([Int64.min]) == "[-9223372036854775808]")
    #expect(try text([Int8(-1)]) == "[-1]")
    #expect(try text([Float(0.1)]) == "[0.1]")
    #expect(try text([2]) == text([2.0]))
  }

  @Test("keys are sorted by bytes, not by alphabet or length")
  func keys() throws {
    // Swift's own order compares composed characters and puts "e\u{301}" after "f".
    let fields = ["b": 1, "a": 2, "B": 3, "a10": 4, "a2": 5, "f": 6, "e\u{301}": 7, "": 8]
    #expect(
      try text(fields)
        == "{\"\":8,\"B\":3,\"a\":2,\"a10\":4,\"a2\":5,\"b\":1,\"e\u{301}\":7,\"f\":6}")
    #expect(try text([3: "c", 1: "a"]) == "{\"1\":\"a\",\"3\":\"c\"}")
  }

  @Test("text is escaped where JSON demands it and nowhere else")
  func strings() throws {
    #expect(
      try text(["a/b \"c\" \\ \n\t\r\u{8}\u{c}\u{1}\u{1f} é 😀"])
        == "[\"a/b \\\"c\\\" \\\\ \\n\\t\\r\\b\\f\\u0001\\u001f é 😀\"]")
  }

  @Test("nested values, nil, data, URLs, sets")
  func values() throws {
    struct Value: Encodable {
      var zeta = true
      var alpha: [Int?] = [1, nil]
      var absent: Int?
      var bytes = Data([0, 255])
      var url = URL(string: "https://x.org/a/b")
      var set: Set = [3, 1, 2]
      var empty = [String: Int]()
    }
    #expect(
      try text(Value())
        == "{\"alpha\":[1,null],\"bytes\":\"AP8=\",\"empty\":{},\"set\":[1,2,3],"
        + "\"url\":\"https://x.org/a/b\",\"zeta\":true}")
    #expect(try text([String]()) == "[]")
    #expect(try text(["only"]) == "[\"only\"]")
    #expect(try text(7) == "7")
    #expect(try text(Data?.none) == "null")
  }

  @Test("containers by hand: nested, super, indexed")
  func containers() throws {
    class Base: Encodable {
      enum Keys: CodingKey { case base }
      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(1, forKey: .base)
      }
    }
    final class Derived: Base {
      enum DerivedKeys: CodingKey { case list, fields }
      override func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: DerivedKeys.self)
        var list = container.nestedUnkeyedContainer(forKey: .list)
        try list.encode("x")
        var inner = list.nestedUnkeyedContainer()
        try inner.encode(2)
        var fields = list.nestedContainer(keyedBy: Keys.self)
        try fields.encodeNil(forKey: .base)
        try super.encode(to: container.superEncoder())
        var nested = container.nestedContainer(keyedBy: Keys.self, forKey: .fields)
        try nested.encode(true, forKey: .base)
      }
    }
    #expect(
      try text(Derived())
        == "{\"fields\":{\"base\":true},\"list\":[\"x\",[2],{\"base\":null}],\"super\":{\"base\":1}}"
    )
  }

  @Test("what has no one text is refused with its place")
  func refused() {
    struct Bins: Encodable { var values: [[String: Double]] }
    struct Keyed: Encodable { var map: [Double: Int] }
    func message(_ value: some Encodable) -> String? {
      #expect(throws: CanonicalJSONError.self) { try CanonicalJSON.data(value) }?.description
    }
    #expect(
      message(Bins(values: [[:], ["a": .nan]]))
        == "values[1].a: nan is not finite, and JSON has no such number")
    #expect(message([Double.infinity])?.hasPrefix("[0]: inf is not finite") == true)
    #expect(
      message(Keyed(map: [1: 1]))
        == "map: a dictionary with keys of type Double has no defined order")
  }

  @Test("one value, one fingerprint; another value, another")
  func fingerprints() throws {
    let fields = Dictionary(uniqueKeysWithValues: (0..<200).map { ("key\($0)", $0) })
    let again = Dictionary(uniqueKeysWithValues: (0..<200).reversed().map { ("key\($0)", $0) })
    let fingerprint = try Fingerprint(ofCanonicalJSON: fields)
    #expect(try Fingerprint(ofCanonicalJSON: again) == fingerprint)
    var changed = fields
    changed["key7"] = 8
    #expect(try Fingerprint(ofCanonicalJSON: changed) != fingerprint)
    // printf '{"a":1}' | sha256sum
    #expect(
      try Fingerprint(ofCanonicalJSON: ["a": 1.0]).hex
        == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862")
  }
}
