// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Testing

/// Files of every format with bytes changed or cut off: an EventFileError or values, in bounded
/// memory.
@Suite(.timeLimit(.minutes(30)))
struct FormatDamageTests {
  static let files = FormatOracleTests.files

  /// A fixture's bytes, unzipped unless its format zips.
  static func bytes(_ file: String) throws -> [UInt8] {
    if !FormatOracleTests.isPacked(file) { return try ROOTFixture.bytes(file) }
    return Array(try Data(contentsOf: ROOTFixture.folder.appendingPathComponent(file)))
  }

  /// Reads everything in three blocks; false if something was refused.
  static func readsWhole(_ bytes: [UInt8], _ file: String, _ folder: TemporaryFolder) throws -> Bool
  {
    let format = try #require(
      FormatOracleTests.formats[String(file.split(separator: ".").last ?? "")])
    do {
      let reader = try format.open(folder.write(bytes, as: file), tree: nil)
      let third = reader.entryCount / 3
      for entries in [0..<third, third..<2 * third, 2 * third..<reader.entryCount] {
        let entries = entries.prefix(1000)
        let block = try reader.read(reader.readable, entries: entries)
        for (name, column) in block.columns {
          let isWhole =
            column.offsets.map { $0.count == entries.count + 1 && $0.last == column.values.count }
            ?? (column.values.count == entries.count)
          #expect(isWhole, "\(file): \(name)")
        }
      }
      return true
    } catch is EventFileError {
      return false
    }
  }

  @Test(arguments: files)
  func flippedBytes(file: String) throws {
    let folder = try TemporaryFolder()
    let bytes = try Self.bytes(file)
    var generator = SeededRandomness(seed: 11)
    let before = ROOTDamageTests.peakMemory()
    var refused = 0
    for _ in 0..<400 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        damaged[place] = UInt8.random(in: 0...255, using: &generator)
      }
      if try !Self.readsWhole(damaged, file, folder) { refused += 1 }
    }
    #expect(refused > 20, "\(file): damage must be met, not missed")
    #expect(ROOTDamageTests.peakMemory() - before < 256, "MiB")
  }

  /// Where a format has an end of its own, every cut is noticed; CSV has none, nor has an array that
  /// is not read.
  @Test(arguments: files)
  func truncation(file: String) throws {
    let folder = try TemporaryFolder()
    let bytes = try Self.bytes(file)
    var generator = SeededRandomness(seed: 12)
    for _ in 0..<100 {
      let length = Int.random(in: 0..<bytes.count - 40, using: &generator)
      let isWhole = try Self.readsWhole(Array(bytes[..<length]), file, folder)
      #expect(!isWhole || file.hasSuffix("csv"), "\(file) cut at \(length)")
    }
  }

  /// Gzipped files that end early or are damaged inside.
  @Test(arguments: ["rwgt.lhe", "gev.hepmc", "padded.csv"])
  func damagedCompression(file: String) throws {
    let folder = try TemporaryFolder()
    let zipped = Array(
      try Data(contentsOf: ROOTFixture.folder.appendingPathComponent(file + ".gz")))
    #expect(try Self.readsWhole(zipped, file, folder))
    var generator = SeededRandomness(seed: 13)
    for _ in 0..<60 {
      let length = Int.random(in: 2..<zipped.count, using: &generator)
      #expect(
        try !Self.readsWhole(Array(zipped[..<length]), file, folder), "\(file) cut at \(length)")
      var damaged = zipped
      damaged[Int.random(in: 20..<zipped.count, using: &generator)] ^= 0x55
      #expect(try !Self.readsWhole(damaged, file, folder), "\(file)")
    }
  }

  @Test func lineWithoutEnd() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      Array("x\n".utf8) + [UInt8](repeating: 0x31, count: 40 << 20), as: "long.csv")
    let error = #expect(throws: EventFileError.self) { try CSVFormat().open(path, tree: nil) }
    #expect(error?.message == "line 2 is longer than 16 MiB; this isn't text")
  }
}
