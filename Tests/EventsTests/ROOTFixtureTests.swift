// SPDX-License-Identifier: Apache-2.0
import Events
import Testing

/// Fixtures written and read back by uproot (`Fixtures/make_fixtures.py`).
struct ROOTFixtureTests {
  static let files = [
    "numbers-none", "numbers-zlib", "numbers-lz4", "numbers-zstd", "numbers-lzma", "trees",
    "nothing", "constant", "no-offsets",
  ].map { $0 + ".root" }

  @Test(arguments: files)
  func agreesWithUproot(file: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(ROOTFixture.bytes(file))
    let trees = try #require(try ROOTFixture.expected()[file])
    for (name, tree) in trees {
      let reader = try ROOTFormat().open(path, tree: name)
      #expect(reader.entryCount == tree.entries)
      #expect(Set(reader.columns.map(\.name)) == Set(tree.branches.keys))
      for column in reader.columns {
        let branch = try #require(tree.branches[column.name])
        #expect(ROOTOracleTests.typename(column) == branch.type)
        let block = try reader.read([column.name], entries: 0..<tree.entries)
        let read = try #require(block.columns[column.name])
        #expect(read.values.type == column.type)
        #expect((read.offsets != nil) == column.isCollection)
        try Self.expect(read, tree.entries, branch, "\(file): \(name).\(column.name)")
      }
    }
  }

  static func expect(
    _ column: Column, _ entries: Int, _ branch: ROOTFixture.ExpectedTree.Branch, _ place: Comment
  ) throws {
    let values = column.values.reals
    #expect(values.count == branch.count, place)
    let scale = values.reduce(0) { $0 + abs($1) }
    // Sums in another order differ by a few units in the last place of what was added.
    #expect(abs(values.reduce(0, +) - branch.sum) <= 1e-13 * scale, place)
    let offsets = column.offsets ?? Array(0...entries)
    #expect(offsets.count == entries + 1 && offsets.first == 0, place)
    #expect(offsets.last == values.count, place)
    for (event, expected) in branch.first.enumerated() {
      #expect(Array(values[offsets[event]..<offsets[event + 1]]) == expected, place)
    }
  }

  /// Every way to cut the entries into blocks gives the same values: within a basket, across the
  /// border of two, over the basket of one entry, and going back.
  @Test(arguments: ROOTFixture.codecs)
  func anyRangeIsASliceOfTheWhole(codec: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(ROOTFixture.bytes("numbers-\(codec).root"))
    let reader = try ROOTFormat().open(path, tree: "Events")
    let whole = try reader.read(reader.readable, entries: 0..<reader.entryCount)
    let ranges = [
      0..<1, 5..<100, 99..<101, 100..<101, 98..<103, 236..<237, 0..<0, 237..<237, 3..<200,
    ]
    for range in ranges {
      let block = try reader.read(reader.readable, entries: range)
      #expect(block.count == range.count)
      for (name, part) in block.columns {
        let all = try #require(whole.columns[name])
        let place: Comment = "\(codec): \(name) \(range)"
        if let offsets = all.offsets {
          let slice = offsets[range.lowerBound]..<offsets[range.upperBound]
          #expect(part.values.reals == Array(all.values.reals[slice]), place)
          let moved = offsets[range.lowerBound...range.upperBound].map { $0 - slice.lowerBound }
          #expect(part.offsets == moved, place)
        } else {
          #expect(part.values.reals == Array(all.values.reals[range]), place)
        }
      }
    }
  }
}
