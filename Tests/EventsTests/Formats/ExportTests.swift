// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Testing

/// What is written as CSV and .npz is read back to the same bits.
struct ExportTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  static let sources = [
    "numbers-zstd.root", "ntuple-zstd.root", "rwgt.lhe", "gev.hepmc", "deflated.npz", "padded.csv",
  ]

  func open(_ source: String) throws -> any EventReader {
    guard source.hasSuffix("root") else { return try FormatOracleTests.open(source) }
    let path = try folder.write(ROOTFixture.bytes(source), as: source)
    return source.hasPrefix("ntuple")
      ? try RNTupleFormat().open(path, tree: nil) : try ROOTFormat().open(path, tree: nil)
  }

  @Test(arguments: sources, EventExport.Format.allCases)
  func sameBitsComeBack(source: String, format: EventExport.Format) throws {
    let original = try open(source)
    let names = original.readable
    let path = folder.url.appendingPathComponent("copy.\(format.rawValue)").path
    let export = try EventExport(original, from: source, as: format, columns: names)
    try export.write(to: path)
    let target: any EventFormat = format == .csv ? CSVFormat() : NPZFormat()
    let copy = try target.open(path, tree: nil)
    #expect(copy.entryCount == original.entryCount)
    let entries = 0..<original.entryCount
    let wanted = try original.read(names, entries: entries)
    let found = try copy.read(names, entries: entries)
    for name in names {
      let column = try #require(found.columns[name])
      let expected = try #require(wanted.columns[name])
      #expect(
        column.values.reals.map(\.bitPattern) == expected.values.reals.map(\.bitPattern),
        "\(source): \(name)")
      #expect(column.offsets == expected.offsets, "\(source): \(name)")
      if format == .npz { #expect(column.values.type == expected.values.type, "\(name)") }
    }
    // Nothing is left beside the file.
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    #expect(files.allSatisfy { !$0.contains("partial") })
  }

  /// Counters are made where they are missing, one for each group of equal lengths.
  @Test func countersOfCollections() throws {
    let columns = [
      "A_x": Column(lists: [[1, 2], []]), "A_y": Column(lists: [[3, 4], []]),
      "B_x": Column(lists: [[1], [2]]), "B_y": Column(lists: [[], [5]]),
      "list": Column(lists: [[7], [8, 9]]),
    ]
    let path = folder.url.appendingPathComponent("lists.npz").path
    try EventExport(MemoryReader(entries: 2, columns), from: "memory", as: .npz).write(to: path)
    let copy = try NPZFormat().open(path, tree: nil)
    let block = try copy.read(copy.readable, entries: 0..<2)
    for (name, column) in columns {
      #expect(block.columns[name]?.offsets == column.offsets, "\(name)")
      #expect(block.columns[name]?.values.reals == column.values.reals, "\(name)")
    }
    #expect(copy.columns.count { $0.name.hasPrefix("n") } == 4)
  }

  @Test func counterThatCountsSomethingElse() throws {
    let reader = MemoryReader(
      entries: 1, ["list": Column(lists: [[1, 2]]), "nlist": Column(integers: [5])])
    let path = folder.url.appendingPathComponent("lists.npz").path
    let error = #expect(throws: EventFileError.self) {
      try EventExport(reader, from: "memory", as: .npz).write(to: path)
    }
    #expect(
      error?.message
        == "column 'nlist' isn't the number of values of 'list'; leave it out, or write CSV")
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func textsGoToCSVOnly() throws {
    let source = SharedData.folder.appendingPathComponent("data/root/uproot-simple.root").path
    guard FileManager.default.fileExists(atPath: source) else { return }
    let reader = try ROOTFormat().open(source, tree: nil)
    let path = folder.url.appendingPathComponent("simple.csv").path
    let export = try EventExport(reader, from: source, as: .csv)
    try export.write(to: path)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(
      text == "one,two,three\r\n1,1.100000023841858,uno\r\n2,2.200000047683716,dos\r\n"
        + "3,3.299999952316284,tres\r\n4,4.400000095367432,quatro\r\n")
    let arrays = try EventExport(reader, from: source, as: .npz)
    #expect(arrays.omitted.map(\.name) == ["three"])
  }

  @Test func unwritableColumnsAndPlaces() throws {
    let reader = try open("padded.csv")
    for name in ["none", "Jet0_pt"] {
      #expect(throws: EventFileError.self) {
        try EventExport(reader, from: "padded.csv", as: .csv, columns: [name])
      }
    }
    let export = try EventExport(reader, from: "padded.csv", as: .csv)
    let error = #expect(throws: EventFileError.self) { try export.write(to: "/nowhere/x.csv") }
    #expect(error?.message == "can't be written: No such file or directory")
  }

  /// Sums and first values as in the oracle of the format.
  @Test func summaryOfAFile() throws {
    let expected = try #require(FormatOracleTests.expected()["gev.hepmc"])
    let summary = EventSummary(try open("gev.hepmc"))
    #expect(summary.entries == 60)
    for column in summary.columns {
      let wanted = try #require(expected[column.description.name])
      #expect(column.count == wanted.count)
      #expect(column.nonFinite == wanted.count - wanted.finite)
      let sum = try #require(column.sum)
      #expect(abs(sum - wanted.sum) <= 1e-12 * max(1, abs(wanted.sum)))
      #expect(column.first.count == 3 && column.problem == nil)
    }
    #expect(summary.columns[0].first == ["0", "1", "2"])
  }

  @Test func summaryTellsDamage() throws {
    var bytes = try ROOTFixture.bytes("numbers-lz4.root")
    for frame in bytes.places(of: Array("L4".utf8) + [1]).suffix(3) { bytes[frame + 16] ^= 1 }
    let summary = EventSummary(try ROOTFormat().open(folder.write(bytes), tree: nil))
    let problems = summary.columns.compactMap(\.problem)
    #expect(!problems.isEmpty && problems.count < summary.columns.count)
    #expect(problems.allSatisfy { $0.hasSuffix("has an lz4 frame whose checksum doesn't match") })
  }

  @Test func treesAreListed() throws {
    let path = try folder.write(ROOTFixture.bytes("trees.root"))
    #expect(try ROOTFormat().trees(in: path) == ["Events", "Other", "analysis/Events"])
    #expect(try RNTupleFormat().trees(in: path) == [])
    #expect(try CSVFormat().trees(in: path) == [])
  }
}
