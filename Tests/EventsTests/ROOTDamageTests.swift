// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Testing

/// Bytes nobody vouches for: whatever is damaged, an EventFileError or values, and no more memory
/// than a file of that size can need.
@Suite(.timeLimit(.minutes(30)))
struct ROOTDamageTests {
  /// SplitMix64 (Steele, Lea, Flood 2014), so that failures come again.
  struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  /// Reads everything that says it can be read; true if all of it could.
  static func readsWhole(_ path: String, tree: String?) throws -> Bool {
    do {
      let reader = try ROOTFormat().open(path, tree: tree)
      var isWhole = true
      for name in reader.readable {
        do {
          for half in [0..<reader.entryCount / 2, reader.entryCount / 2..<reader.entryCount] {
            // What may be asked for is the caller's choice: no block is larger than this.
            let entries = half.prefix(10_000)
            let block = try reader.read([name], entries: entries)
            #expect(block.count == entries.count)
          }
        } catch is EventFileError {
          isWhole = false
        }
      }
      return isWhole
    } catch is EventFileError {
      return false
    }
  }

  /// The largest resident size of this process so far, in MiB.
  static func peakMemory() -> Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }

  @Test(arguments: ROOTFixture.codecs)
  func truncationIsAlwaysNoticed(codec: String) throws {
    let folder = try TemporaryFolder()
    let bytes = try ROOTFixture.bytes("numbers-\(codec).root")
    var generator = Generator(state: 1)
    for length in (0..<150).map({ _ in Int.random(in: 0..<bytes.count, using: &generator) }) {
      let path = try folder.write(Array(bytes[..<length]))
      #expect(throws: EventFileError.self, "\(codec) cut at \(length)") {
        try ROOTFormat().open(path, tree: "Events")
      }
    }
  }

  /// As above, but the header says the file is as long as it is: records lie outside, or end early.
  @Test(arguments: ROOTFixture.codecs)
  func truncationBehindAMendedHeader(codec: String) throws {
    let folder = try TemporaryFolder()
    let bytes = try ROOTFixture.bytes("numbers-\(codec).root")
    var generator = Generator(state: 2)
    for length in (0..<150).map({ _ in Int.random(in: 200..<bytes.count, using: &generator) }) {
      var shortened = Array(bytes[..<length])
      shortened.put(Int32(length), at: 12)
      _ = try Self.readsWhole(folder.write(shortened), tree: "Events")
    }
  }

  @Test(arguments: ROOTFixture.codecs)
  func flippedBytes(codec: String) throws {
    let folder = try TemporaryFolder()
    let bytes = try ROOTFixture.bytes("numbers-\(codec).root")
    var generator = Generator(state: 3)
    let before = Self.peakMemory()
    var refused = 0
    for _ in 0..<600 {
      var damaged = bytes
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      damaged[place] = UInt8.random(in: 0...255, using: &generator)
      if try !Self.readsWhole(folder.write(damaged), tree: "Events") { refused += 1 }
    }
    #expect(refused > 20, "\(codec): damage must be met, not missed")
    #expect(Self.peakMemory() - before < 256, "MiB")
  }

  /// Damage where it hurts most: lengths, counts and offsets of keys, tree and basket headers, in
  /// the file that has no checksum anywhere.
  @Test func hostileIntegers() throws {
    let folder = try TemporaryFolder()
    let bytes = try ROOTFixture.bytes("numbers-none.root")
    let extremes: [Int32] = [-1, .min, .max, 0, 1, 0x4000_0000, 0x7FFF_FF00, 255, 65536]
    var generator = Generator(state: 4)
    let before = Self.peakMemory()
    for _ in 0..<1500 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<bytes.count - 4, using: &generator)
        damaged.put(extremes[Int.random(in: 0..<extremes.count, using: &generator)], at: place)
      }
      _ = try Self.readsWhole(folder.write(damaged), tree: "Events")
    }
    #expect(Self.peakMemory() - before < 256, "MiB")
  }

  /// Real files with embedded baskets, vectors and classes, damaged in their metadata and data.
  @Test(
    .enabled(if: SharedData.isExpected, "\(SharedData.absence)"),
    arguments: [
      "nanoAOD_2015_CMS_Open_Data_ttbar.root", "uproot-stl_containers.root",
      "uproot-small-dy-withoffsets.root", "gohep-leaves.root", "uproot-HZZ-lz4.root",
    ])
  func flippedBytesOfRealFiles(file: String) throws {
    let folder = try TemporaryFolder()
    let url = SharedData.folder.appendingPathComponent("data/root/\(file)")
    let bytes = Array(try Data(contentsOf: url))
    var generator = Generator(state: 5)
    let before = Self.peakMemory()
    for _ in 0..<(bytes.count > 100_000 ? 60 : 400) {
      var damaged = bytes
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      _ = try Self.readsWhole(folder.write(damaged), tree: nil)
    }
    #expect(Self.peakMemory() - before < 256, "MiB")
  }
}
