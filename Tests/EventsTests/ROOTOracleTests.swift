// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Testing

/// Every branch of the collected ROOT files against what uproot reads (`oracle.json`: type, number
/// of values, first three, sum).
@Suite(.enabled(if: SharedData.isExpected, "\(SharedData.absence)"))
struct ROOTOracleTests {
  struct Oracle: Decodable {
    struct File: Decodable { let objects: [String: Object]? }
    struct Object: Decodable {
      let `class`: String
      let entries: Int?
      let branches: [String: Branch]?
    }
    struct Branch: Decodable {
      let typename: String?
      let interp: String?
      let first: [Value]?
      let n_flat: Int?
      let sum: Double?
      let min: Double?
      let max: Double?
    }
    /// A number, a list of them, a text, or something else (an object).
    enum Value: Decodable {
      case number(Double?)
      case list([Value])
      case text(String)
      case other

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
          self = .number(nil)
        } else if let flag = try? container.decode(Bool.self) {  // asks for the kind only
          self = .number(flag ? 1 : 0)
        } else if let number = try? container.decode(Double.self) {  // asks for the kind only
          self = .number(number)
        } else if let list = try? container.decode([Value].self) {  // asks for the kind only
          self = .list(list)
        } else if let text = try? container.decode(String.self) {  // asks for the kind only
          self = .text(text)
        } else {
          self = .other
        }
      }
    }
  }

  static func oracle() throws -> [String: Oracle.File] {
    let url = SharedData.folder.appendingPathComponent("data/root/oracle.json")
    // Python writes NaN, which JSON doesn't have.
    let text = try String(contentsOf: url, encoding: .utf8)
      .replacingOccurrences(of: "NaN", with: "null")
    return try JSONDecoder().decode([String: Oracle.File].self, from: Data(text.utf8))
  }

  /// uproot's typename of what we read: "float[]" for a counted array.
  static func typename(_ column: ColumnDescription) -> String {
    let isCounted =
      column.isCollection && !column.storedType.contains("[")
      && !column.storedType.hasPrefix("std::")
    return column.storedType + (isCounted ? "[]" : "")
  }

  /// uproot takes 16 bits of mantissa from a Float16_t where ROOT writes 12 by default, and can't
  /// read a Double32_t; `packedNumbersAreThoseOfTheirNeighbours` compares them.
  static let packed: Set = ["D16", "ArrD16", "SliD16", "D32", "ArrD32", "SliD32"]

  @Test func numericBranchesAgree() throws {
    var covered = 0
    var texts = 0
    var refused: [String: Int] = [:]
    for (file, content) in try Self.oracle() {
      for (key, object) in content.objects ?? [:] where object.branches != nil {
        let path = SharedData.folder.appendingPathComponent("data/root/\(file)").path
        let name = String(key.prefix { $0 != ";" })
        let format: any EventFormat = object.class == "TTree" ? ROOTFormat() : RNTupleFormat()
        let reader = try format.open(path, tree: name)
        #expect(reader.entryCount == object.entries)
        let columns = Dictionary(uniqueKeysWithValues: reader.columns.map { ($0.name, $0) })
        for (branch, expected) in object.branches ?? [:] where !Self.packed.contains(branch) {
          guard let column = columns[branch] else {
            Issue.record("\(file): '\(branch)' isn't listed")
            continue
          }
          if column.isReadable {
            #expect(Self.typename(column) == expected.typename, "\(file): \(branch)")
            try Self.compare(reader, column, expected, file)
            covered += 1
          } else if column.isText {
            try Self.compareTexts(reader, column, expected, file)
            texts += 1
          } else {
            let error = #expect(throws: EventFileError.self) {
              try reader.read([branch], entries: 0..<reader.entryCount)
            }
            let type = column.storedType
            #expect(
              error?.message.hasSuffix(
                "branch '\(branch)' holds \(type), which this version can't read") == true)
            refused[type.contains("<") ? "template" : type, default: 0] += 1
          }
        }
      }
    }
    #expect(covered == 623)
    #expect(texts == 10)
    // Maps and containers of texts; the leaf list is read by its members.
    #expect(refused == ["template": 20, "struct {double x; int32_t y; int8_t z;}": 1])
  }

  /// gohep-leaves.root has the same numbers in every type that holds them.
  @Test func packedNumbersAreThoseOfTheirNeighbours() throws {
    let path = SharedData.folder.appendingPathComponent("data/root/gohep-leaves.root").path
    let reader = try ROOTFormat().open(path, tree: nil)
    for prefix in ["", "Arr", "Sli"] {
      let names = ["F32", "D16", "D32"].map { prefix + $0 }
      let block = try reader.read(names, entries: 0..<reader.entryCount)
      let plain = try #require(block.columns[names[0]])
      for name in names.dropFirst() {
        let column = try #require(block.columns[name])
        #expect(column.values.reals == plain.values.reals, "\(name)")
        #expect(column.offsets == plain.offsets, "\(name)")
      }
    }
    let types = reader.columns.filter { Self.packed.contains($0.name) }.map(Self.typename)
    #expect(
      types == [
        "Float16_t", "Double32_t", "Float16_t[10]", "Double32_t[10]", "Float16_t[]", "Double32_t[]",
      ])
  }

  /// A branch of several leaves: each is a column, together they are what uproot reads.
  @Test func membersOfALeafList() throws {
    let path = SharedData.folder.appendingPathComponent("data/root/uproot-leaflist.root").path
    let reader = try ROOTFormat().open(path, tree: nil)
    let names = ["leaflist.x", "leaflist.y", "leaflist.z"]
    #expect(reader.readable == names)
    #expect(reader.columns.dropFirst().map(\.storedType) == ["double", "int32_t", "int8_t"])
    let block = try reader.read(names, entries: 0..<5)
    let all = names.compactMap { block.columns[$0]?.values.reals }
    #expect(all[0].prefix(3) == [1.1, 2.2, 3.3])
    #expect(all[1].prefix(3) == [1, 2, 3] && all[2].prefix(3) == [97, 98, 99])
    // 15 numbers, sum 526.1 by uproot.
    #expect(all.joined().count == 15 && abs(all.joined().reduce(0, +) - 526.1) < 1e-9)
  }

  static func compareTexts(
    _ reader: any EventReader, _ column: ColumnDescription, _ expected: Oracle.Branch,
    _ file: String
  ) throws {
    let texts = try reader.texts(column.name, entries: 0..<reader.entryCount)
    #expect(texts.count == expected.n_flat, "\(file): \(column.name)")
    let first = (expected.first ?? []).map { if case .text(let text) = $0 { text } else { "?" } }
    #expect(Array(texts.prefix(first.count)) == first, "\(file): \(column.name)")
    #expect(try reader.texts(column.name, entries: 2..<4) == Array(texts[2..<4]))
  }

  static func compare(
    _ reader: any EventReader, _ column: ColumnDescription, _ expected: Oracle.Branch,
    _ file: String
  ) throws {
    let place: Comment = "\(file): \(column.name)"
    let block = try reader.read([column.name], entries: 0..<reader.entryCount)
    let read = try #require(block.columns[column.name])
    #expect(read.values.type == column.type, place)
    #expect(read.values.count == expected.n_flat, place)
    let reals = read.values.reals
    if let sum = expected.sum {
      let own = reals.reduce(0, +)
      let scale = reals.reduce(0) { $0 + abs($1) }
      // The oracle sums float32 columns in single precision, pairwise.
      let tolerance = column.storedType.hasPrefix("float") ? 1e-5 : 1e-12
      #expect(abs(own - sum) <= tolerance * max(scale, 1), place)
      #expect(reals.min() == expected.min && reals.max() == expected.max, place)
    }
    for (event, value) in (expected.first ?? []).enumerated() {
      let range = read.offsets.map { $0[event]..<$0[event + 1] } ?? event..<event + 1
      let numbers: [Double?]
      switch value {
      case .number(let number): numbers = [number]
      case .list(let list):
        numbers = Self.flat(list)
      case .text, .other: continue
      }
      let own = reals[range].map { $0.isNaN ? nil : $0 }
      #expect(own.prefix(numbers.count).elementsEqual(numbers), place)
    }
  }

  /// The numbers of nested lists, one after the other.
  static func flat(_ list: [Oracle.Value]) -> [Double?] {
    list.flatMap { value -> [Double?] in
      switch value {
      case .number(let number): [number]
      case .list(let inner): flat(inner)
      default: []
      }
    }
  }
}
