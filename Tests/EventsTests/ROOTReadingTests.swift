// SPDX-License-Identifier: Apache-2.0
import Events
import Testing

/// What reading columns refuses, and how it says so.
struct ROOTReadingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func reader(_ bytes: [UInt8], tree: String? = "Events") throws -> any EventReader {
    try ROOTFormat().open(folder.write(bytes), tree: tree)
  }

  func refusal(_ reader: any EventReader, _ names: [String], _ entries: Range<Int>) -> String {
    #expect(throws: EventFileError.self) { try reader.read(names, entries: entries) }?.message ?? ""
  }

  @Test func unknownColumnsAreNamedTogether() throws {
    let reader = try reader(ROOTFixture.bytes("too-large.root"))
    #expect(
      refusal(reader, ["fine", "a", "b"], 0..<3)
        == "tree 'Events' has no branch 'a', 'b' (it has: fine, wide)")
  }

  @Test(arguments: [-1..<1, 0..<4, 3..<4, 0..<Int.max])
  func entriesThatAreNotThere(entries: Range<Int>) throws {
    let reader = try reader(ROOTFixture.bytes("too-large.root"))
    #expect(
      refusal(reader, ["fine"], entries)
        == "tree 'Events' has 3 entries; \(entries) aren't all there")
  }

  @Test func unsignedNumbersAboveInt64AreRefused() throws {
    let reader = try reader(ROOTFixture.bytes("too-large.root"))
    #expect(
      refusal(reader, ["wide"], 0..<3)
        == "tree 'Events', branch 'wide', basket 0 holds 9223372036854775808, "
        + "above the largest integer 9223372036854775807")
    guard
      case .integers(let fine)? = try reader.read(["fine"], entries: 0..<3).columns["fine"]?.values
    else {
      Issue.record("unsigned numbers aren't integers")
      return
    }
    #expect(fine == [0, 1, 2])
  }

  @Test func booleansAndExtremes() throws {
    let reader = try reader(ROOTFixture.bytes("numbers-zstd.root"))
    let block = try reader.read(["flag", "int8", "uint64", "int64"], entries: 0..<237)
    guard case .booleans? = block.columns["flag"]?.values,
      case .integers(let small)? = block.columns["int8"]?.values,
      case .integers(let unsigned)? = block.columns["uint64"]?.values,
      case .integers(let signed)? = block.columns["int64"]?.values
    else {
      Issue.record("columns have other types")
      return
    }
    #expect(small.min() == -128 && small.max() == 127)
    #expect(unsigned.min() == 0 && unsigned.max() == Int64.max)
    #expect(signed.min() == Int64.min && signed.max() == Int64.max)
  }

  @Test func columnAskedForTwiceComesOnce() throws {
    let reader = try reader(ROOTFixture.bytes("numbers-none.root"))
    let block = try reader.read(["flag", "flag"], entries: 0..<10)
    #expect(block.columns.count == 1 && block.count == 10)
    #expect(try reader.read([], entries: 0..<10).columns.isEmpty)
  }

  /// The tree says 238 entries, its branches 237: an error, never a short or an empty column.
  @Test func branchThatIsShorterThanItsTree() throws {
    var bytes = try ROOTFixture.bytes("numbers-none.root")
    let entries = try #require(bytes.places(of: [0, 0, 0, 0, 0, 0, 0, 237]).first)
    bytes.put(Int64(238), at: entries)
    let reader = try reader(bytes)
    #expect(reader.entryCount == 238)
    #expect(
      refusal(reader, ["flag"], 0..<10)
        == "tree 'Events', branch 'flag' has 237 entries where the tree has 238")
  }

  /// Places of the baskets' keys: class names follow 34 bytes of numbers, for uproot gives baskets
  /// 64-bit offsets (key versions above 1000) in files of any size.
  func basketKeys(_ bytes: [UInt8]) -> [Int] {
    bytes.places(of: [7] + Array("TBasket".utf8)).map { $0 - 34 }
      .filter { $0 > 0 && bytes.integer(Int16.self, at: $0 + 4) > 1000 }
  }

  @Test func basketThatClaimsToExpandToGigabytes() throws {
    var bytes = try ROOTFixture.bytes("numbers-zlib.root")
    #expect(basketKeys(bytes).count >= 45)
    for key in basketKeys(bytes) { bytes.put(Int32.max, at: key + 6) }
    let reader = try reader(bytes)
    let message = refusal(reader, ["float64"], 0..<10)
    #expect(message.hasPrefix("tree 'Events', branch 'float64', basket 0, the record at byte "))
    #expect(message.hasSuffix("expand to 2147483647"))
  }

  @Test func basketOfAnotherLength() throws {
    var bytes = try ROOTFixture.bytes("numbers-none.root")
    for key in basketKeys(bytes) {
      bytes.put(bytes.integer(Int32.self, at: key) - 1, at: key)
    }
    let message = refusal(try reader(bytes), ["float64"], 0..<10)
    #expect(message.contains("its branch says"))
  }

  @Test func lz4ChecksumIsChecked() throws {
    var bytes = try ROOTFixture.bytes("numbers-lz4.root")
    let frames = bytes.places(of: Array("L4".utf8) + [1])
    #expect(frames.count > 10)
    // The last byte of a checksum: the data stay what they were.
    for frame in frames { bytes[frame + 16] ^= 1 }
    #expect(
      refusal(try reader(bytes), ["float64"], 0..<10)
        .hasSuffix("has an lz4 frame whose checksum doesn't match"))
  }

  @Test func directoryThatContainsItself() throws {
    var bytes = try ROOTFixture.bytes("trees.root")
    let root = bytes.integer(Int32.self, at: 8) + bytes.integer(Int32.self, at: 28)
    for place in bytes.places(of: [10] + Array("TDirectory".utf8)) {
      let keyLength = Int32(bytes.integer(Int16.self, at: place - 12))
      bytes.put(root - keyLength, at: place - 8)
    }
    let error = #expect(throws: EventFileError.self) { try reader(bytes) }
    #expect(error?.message.contains("leads to itself") == true)
  }

  /// Files beyond 2 GiB: 64-bit offsets in the header and in the directory. The numbers are those of
  /// a short file, in the places a long one has them.
  @Test func layoutOfLargeFiles() throws {
    var bytes = try ROOTFixture.bytes("numbers-zlib.root")
    let small = bytes
    let int = { Int64(small.integer(Int32.self, at: $0)) }
    bytes.put(int(4) + 1_000_000, as: Int32.self, at: 4)
    for (place, value) in [(12, int(12)), (20, int(16))] { bytes.put(value, at: place) }
    for (place, from) in [(28, 20), (32, 24), (36, 28)] {
      bytes.put(int(from), as: Int32.self, at: place)
    }
    let root = Int(int(8) + int(28))
    bytes.put(small.integer(Int16.self, at: root) + 1000, at: root)
    for index in 0..<3 { bytes.put(int(root + 18 + 4 * index), at: root + 18 + 8 * index) }
    let names = ["float64", "Jet_pt"]
    let large = try reader(bytes).read(names, entries: 0..<237)
    let plain = try reader(small).read(names, entries: 0..<237)
    for name in names {
      let values = try #require(large.columns[name]?.values.reals)
      #expect(values == plain.columns[name]?.values.reals)
    }
  }

  @Test func fileThatWasNotClosed() throws {
    var bytes = try ROOTFixture.bytes("numbers-zlib.root")
    let root = Int(bytes.integer(Int32.self, at: 8) + bytes.integer(Int32.self, at: 28))
    bytes.put(Int32(0), at: root + 26)  // where the list of keys lies
    let error = #expect(throws: EventFileError.self) { try reader(bytes) }
    #expect(
      error?.message == "holds nothing; the program that wrote it may not have closed it")
  }
}
