// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Testing

/// RNTuples that uproot wrote (`Fixtures/make_rntuples.py`), and how bad ones are refused.
struct RNTupleTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  static let codecs = ["none", "zlib", "lz4", "zstd"]

  static func bytes(_ codec: String) throws -> [UInt8] {
    try ROOTFixture.bytes("ntuple-\(codec).root")
  }

  static func expected() throws -> [String: FormatOracleTests.Expected] {
    let url = ROOTFixture.folder.appendingPathComponent("ntuple.json")
    return try JSONDecoder().decode(
      [String: FormatOracleTests.Expected].self, from: Data(contentsOf: url))
  }

  func reader(_ bytes: [UInt8], tree: String? = nil) throws -> any EventReader {
    try RNTupleFormat().open(folder.write(bytes), tree: tree)
  }

  /// Three clusters; every type of number that uproot writes.
  @Test(arguments: codecs)
  func everyFieldAgrees(codec: String) throws {
    let reader = try reader(Self.bytes(codec))
    let expected = try Self.expected()
    #expect(reader.entryCount == 237)
    #expect(Set(reader.readable) == Set(expected.keys))
    for column in reader.columns where column.isReadable {
      let wanted = try #require(expected[column.name])
      let read = try #require(
        reader.read([column.name], entries: 0..<237).columns[column.name])
      #expect(read.values.type == wanted.type, "\(column.name)")
      #expect((read.offsets != nil) == wanted.collection, "\(column.name)")
      let reals = read.values.reals
      #expect(reals.count == wanted.count, "\(column.name)")
      let scale = reals.reduce(1) { $0 + abs($1) }
      #expect(abs(reals.reduce(0, +) - wanted.sum) <= 1e-13 * scale, "\(column.name)")
      #expect(Array(reals.prefix(wanted.first.count)) == wanted.first, "\(column.name)")
    }
  }

  /// Blocks across the borders of clusters, in any order.
  @Test func blocksAreCutOutOfTheWhole() throws {
    let reader = try reader(Self.bytes("zstd"), tree: "Events")
    let names = reader.readable
    let whole = try reader.read(names, entries: 0..<237)
    for entries in [0..<50, 99..<102, 101..<237, 0..<237, 236..<237, 7..<7] {
      let block = try reader.read(names, entries: entries)
      for name in names {
        let part = try #require(block.columns[name])
        let all = try #require(whole.columns[name])
        let range = all.offsets.map { $0[entries.lowerBound]..<$0[entries.upperBound] } ?? entries
        #expect(part.values.reals == Array(all.values.reals[range]), "\(name) \(entries)")
        #expect(part.offsets.map { $0.count == entries.count + 1 } ?? true, "\(name) \(entries)")
      }
    }
  }

  @Test(.enabled(if: SharedData.isExpected, "\(SharedData.absence)"))
  func sameEventsAsTheTree() throws {
    let events = SharedData.folder.appendingPathComponent("data/squark-search/events")
    let tuple = try RNTupleFormat().open(
      events.appendingPathComponent("sqsq_1400_0.rntuple.root").path, tree: nil)
    let tree = try ROOTFormat().open(
      events.appendingPathComponent("sqsq_1400_0.root").path, tree: nil)
    let names = tuple.readable
    #expect(names.count == 16)
    let own = try tuple.read(names, entries: 0..<2000)
    let other = try tree.read(names, entries: 0..<2000)
    for name in names {
      let column = try #require(own.columns[name])
      #expect(column.values.reals == other.columns[name]?.values.reals, "\(name)")
      #expect(column.offsets == other.columns[name]?.offsets, "\(name)")
    }
  }

  @Test func whatIsNotThere() throws {
    let bytes = try Self.bytes("none")
    let error = #expect(throws: EventFileError.self) { try reader(bytes, tree: "events") }
    #expect(error?.message == "has no RNTuple 'events' (it has: 'Events')")
    let tree = try ROOTFixture.bytes("numbers-none.root")
    #expect(throws: EventFileError.self) { try reader(tree) }
    let whole = try reader(bytes)
    let text = #expect(throws: EventFileError.self) { try whole.read(["label"], entries: 0..<1) }
    #expect(text?.message == "RNTuple 'Events', column 'label' holds std::string")
  }

  /// An EventFileError or values, in bounded memory; also where the file has no checksum of its own.
  @Test(.timeLimit(.minutes(2)), arguments: codecs)
  func damage(codec: String) throws {
    let bytes = try Self.bytes(codec)
    var generator = SeededRandomness(seed: 17)
    let before = ROOTDamageTests.peakMemory()
    var refused = 0
    for round in 0..<500 {
      var damaged = bytes
      if round < 100 {
        damaged.removeLast(Int.random(in: 1..<bytes.count, using: &generator))
        if damaged.count > 20 { damaged.put(Int32(damaged.count), at: 12) }
      } else {
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          let place = Int.random(in: 0..<bytes.count, using: &generator)
          damaged[place] = round % 2 == 0 ? 0xFF : UInt8.random(in: 0...255, using: &generator)
        }
      }
      do {
        let opened = try reader(damaged)
        for name in opened.readable {
          let entries = (0..<opened.entryCount).prefix(5000)
          let block = try opened.read([name], entries: entries)
          let column = try #require(block.columns[name])
          #expect((column.offsets?.last ?? entries.count) == column.values.count)
        }
      } catch is EventFileError {
        refused += 1
      }
    }
    #expect(refused > 100, "\(codec): damage must be met, not missed")
    #expect(ROOTDamageTests.peakMemory() - before < 256, "MiB")
  }
}
