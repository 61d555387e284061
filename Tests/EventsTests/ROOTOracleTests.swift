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
    /// A number, a list of them, or something else (a string, an object).
    enum Value: Decodable {
      case number(Double?)
      case list([Value])
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

  @Test func numericBranchesAgree() throws {
    var covered = 0
    var refused: [String: Int] = [:]
    for (file, content) in try Self.oracle() {
      for (key, object) in content.objects ?? [:] where object.class == "TTree" {
        let path = SharedData.folder.appendingPathComponent("data/root/\(file)").path
        let name = String(key.prefix { $0 != ";" })
        let reader = try ROOTFormat().open(path, tree: name)
        #expect(reader.entryCount == object.entries)
        let columns = Dictionary(uniqueKeysWithValues: reader.columns.map { ($0.name, $0) })
        for (branch, expected) in object.branches ?? [:] {
          guard let column = columns[branch] else {
            Issue.record("\(file): '\(branch)' isn't listed")
            continue
          }
          if column.isReadable {
            #expect(Self.typename(column) == expected.typename, "\(file): \(branch)")
            try Self.compare(reader, column, expected, file)
            covered += 1
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
    #expect(covered == 616)
    let classes = ["std::string": 1, "TString": 1, "template": 23]
    let leaves = ["Double32_t": 3, "Float16_t": 3, "char*": 8]
    let lists = ["struct {double x; int32_t y; int8_t z;}": 1]
    #expect(refused == classes.merging(leaves) { $1 }.merging(lists) { $1 })
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
        numbers = list.map { if case .number(let number) = $0 { number } else { nil } }
      case .other: continue
      }
      let own = reals[range].map { $0.isNaN ? nil : $0 }
      #expect(own.prefix(numbers.count).elementsEqual(numbers), place)
    }
  }
}
