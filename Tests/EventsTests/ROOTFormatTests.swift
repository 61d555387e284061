// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Testing

/// Which tree is opened, and what is said when there is none.
struct ROOTFormatTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func fixture(_ name: String) throws -> String {
    try folder.write(ROOTFixture.bytes(name), as: name)
  }

  /// The message of what opening a file throws.
  func refusal(_ path: String, tree: String? = nil) throws -> String {
    let error = #expect(throws: EventFileError.self) {
      try ROOTFormat().open(path, tree: tree)
    }
    #expect(error?.path == path)
    return error?.message ?? ""
  }

  @Test func lastCycleIsTaken() throws {
    // Saved twice: Events;1 has two entries, Events;2 five.
    let reader = try ROOTFormat().open(fixture("trees.root"), tree: "Events")
    #expect(reader.entryCount == 5)
  }

  @Test func treeInDirectory() throws {
    let reader = try ROOTFormat().open(fixture("trees.root"), tree: "analysis/Events")
    #expect(reader.entryCount == 7)
  }

  @Test func onlyTreeNeedsNoName() throws {
    let reader = try ROOTFormat().open(fixture("numbers-zlib.root"), tree: nil)
    #expect(reader.entryCount == 237)
  }

  @Test func severalTreesAreListed() throws {
    let message = try refusal(fixture("trees.root"))
    #expect(
      message
        == "has several trees, name one of them: 'Events', 'Other', 'analysis/Events'")
  }

  @Test func unknownTreeIsAnsweredWithTheKnown() throws {
    let message = try refusal(fixture("trees.root"), tree: "events")
    #expect(message == "has no tree 'events' (it has: 'Events', 'Other', 'analysis/Events')")
  }

  @Test func fileWithoutTrees() throws {
    #expect(try refusal(fixture("no-tree.root")) == "has no TTree")
    #expect(try refusal(fixture("no-tree.root"), tree: "h") == "has no TTree")
  }

  @Test(arguments: [nil, "Events"])
  func newTupleIsNamed(tree: String?) throws {
    let message = try refusal(fixture("rntuple.root"), tree: tree)
    #expect(
      message
        == "holds 'Events' as an RNTuple, not as a TTree: name the format 'rntuple'")
  }

  @Test func treeWithoutEntries() throws {
    let reader = try ROOTFormat().open(fixture("nothing.root"), tree: nil)
    let block = try reader.read(reader.readable, entries: 0..<0)
    #expect(reader.entryCount == 0 && block.count == 0)
    #expect(block.columns.count == 15)
    #expect(block.columns["Jet_pt"]?.offsets == [0])
    #expect(throws: EventFileError.self) { try reader.read(["flag"], entries: 0..<1) }
  }

  @Test func whatIsNoROOTFile() throws {
    let isNone = "isn't a ROOT file (it doesn't begin with 'root')"
    #expect(try refusal(folder.write([], as: "empty")) == "is empty")
    #expect(try refusal(folder.write(Array("weight,met\n1,2\n".utf8), as: "csv")) == isNone)
    #expect(try refusal(folder.write(Array("root".utf8), as: "four")) == isNone)
    let zeros = [UInt8](repeating: 0, count: 4096)
    #expect(try refusal(folder.write(zeros, as: "zeros")) == isNone)
    #expect(
      try refusal(folder.write(Array("root".utf8) + zeros, as: "head")) == "has a damaged header")
    #expect(
      try refusal(folder.url.path) == "isn't a file of bytes (a folder, a pipe or a device)")
    #expect(
      try refusal(folder.url.path + "/absent.root") == "can't be opened: No such file or directory")
  }
}
