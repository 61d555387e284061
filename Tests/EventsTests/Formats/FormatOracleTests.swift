// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Testing

/// Every column of files that numpy, pylhe, pyhepmc and csv wrote, against what they read from them
/// (`Fixtures/make_formats.py`).
struct FormatOracleTests {
  struct Expected: Decodable {
    let type: ColumnType
    let collection: Bool
    let count: Int
    let finite: Int
    let sum: Double
    let first: [Double]
  }

  static let formats: [String: any EventFormat] = [
    "csv": CSVFormat(), "lhe": LHEFormat(), "hepmc": HepMC3Format(), "npz": NPZFormat(),
    "h5": HDF5Format(),
  ]

  static func expected() throws -> [String: [String: Expected]] {
    let url = ROOTFixture.folder.appendingPathComponent("formats.json")
    var expected = try JSONDecoder().decode(
      [String: [String: Expected]].self, from: Data(contentsOf: url))
    expected["numbers.h5"] = try JSONDecoder().decode(
      [String: Expected].self,
      from: Data(contentsOf: ROOTFixture.folder.appendingPathComponent("hdf5.json")))
    return expected
  }

  /// Opens a fixture by its name in formats.json.
  static func open(_ name: String) throws -> any EventReader {
    let format = try #require(formats[String(name.split(separator: ".").last ?? "")])
    let path = ROOTFixture.folder.appendingPathComponent(name).path
    return try format.open(isPacked(name) ? path : path + ".gz", tree: nil)
  }

  /// Whether a fixture is kept as it is: its format compresses.
  static func isPacked(_ name: String) -> Bool { name.hasSuffix("npz") || name.hasSuffix("h5") }

  static let files = [
    "numbers.h5", "rwgt.lhe", "weights.lhe", "gev.hepmc", "mev.hepmc", "stored.npz", "deflated.npz",
    "padded.csv",
  ]

  @Test(arguments: files)
  func everyColumnAgrees(file: String) throws {
    let expected = try #require(Self.expected()[file])
    let reader = try Self.open(file)
    #expect(reader.entryCount == 60)
    #expect(
      Set(expected.keys).isSubset(of: reader.readable) && !file.hasSuffix("csv")
        ? Set(reader.readable) == Set(expected.keys) : file.hasSuffix("csv"))
    let block = try reader.read(expected.keys.sorted(), entries: 0..<60)
    for (name, column) in expected {
      let read = try #require(block.columns[name])
      #expect(read.values.type == column.type, "\(file): \(name)")
      #expect((read.offsets != nil) == column.collection, "\(file): \(name)")
      #expect(read.values.count == column.count, "\(file): \(name)")
      let finite = read.values.reals.filter(\.isFinite)
      #expect(finite.count == column.finite, "\(file): \(name)")
      let scale = finite.reduce(1) { $0 + abs($1) }
      #expect(abs(finite.reduce(0, +) - column.sum) <= 1e-13 * scale, "\(file): \(name)")
      for (own, other) in zip(finite, column.first) {
        #expect(abs(own - other) <= 4e-16 * abs(other), "\(file): \(name)")
      }
    }
  }

  /// Blocks of any size in any order give what one block gives.
  @Test(arguments: files)
  func blocksAreCutOutOfTheWhole(file: String) throws {
    let reader = try Self.open(file)
    let names = reader.readable
    let whole = try reader.read(names, entries: 0..<60)
    for entries in [0..<7, 7..<20, 20..<20, 41..<60, 3..<4, 0..<60, 59..<60] {
      let block = try reader.read(names, entries: entries)
      #expect(block.count == entries.count)
      for name in names {
        let part = try #require(block.columns[name])
        let all = try #require(whole.columns[name])
        let range = all.offsets.map { $0[entries.lowerBound]..<$0[entries.upperBound] } ?? entries
        #expect(part.values.reals == Array(all.values.reals[range]), "\(file): \(name) \(entries)")
        let starts = all.offsets.map { offsets in
          entries.isEmpty
            ? [0]
            : offsets[entries.lowerBound...entries.upperBound].map {
              $0 - offsets[entries.lowerBound]
            }
        }
        #expect(part.offsets == starts, "\(file): \(name) \(entries)")
      }
    }
  }

  @Test(arguments: files)
  func whatIsNotThereIsRefused(file: String) throws {
    let reader = try Self.open(file)
    let unknown = #expect(throws: EventFileError.self) {
      try reader.read(["none", reader.columns[0].name], entries: 0..<1)
    }
    #expect(unknown?.message.hasPrefix("has no column 'none' (it has: ") == true)
    for entries in [-1..<1, 0..<61, 60..<Int.max] {
      let error = #expect(throws: EventFileError.self) {
        try reader.read([reader.columns[0].name], entries: entries)
      }
      #expect(error?.message == "has 60 events; \(entries) aren't all there")
    }
  }

  @Test(arguments: ["rwgt.lhe", "gev.hepmc", "stored.npz", "padded.csv"])
  func treesAreRefused(file: String) throws {
    let kind = String(file.split(separator: ".").last ?? "")
    let format = try #require(Self.formats[kind])
    let path = ROOTFixture.folder.appendingPathComponent(file).path
    let error = #expect(throws: EventFileError.self) { try format.open(path, tree: "Events") }
    #expect(error?.message.hasSuffix("which has no trees: leave out tree 'Events'") == true)
  }
}
