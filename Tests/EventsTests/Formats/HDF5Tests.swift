// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Testing

/// Which HDF5 files are read, and how others are refused; their numbers are in FormatOracleTests.
struct HDF5Tests {
  func path(_ name: String) -> String {
    ROOTFixture.folder.appendingPathComponent(name).path
  }

  @Test func groupsAreNamed() throws {
    #expect(try HDF5Format().trees(in: path("numbers.h5")) == ["analysis/Events"])
    #expect(try HDF5Format().open(path("numbers.h5"), tree: "analysis/Events").entryCount == 60)
    let error = #expect(throws: EventFileError.self) {
      try HDF5Format().open(path("numbers.h5"), tree: "Events")
    }
    #expect(
      error?.message == "has no group 'Events' with datasets (it has: 'analysis/Events')")
  }

  /// New superblock, new headers, link messages.
  @Test func newLibrariesWriteOtherHeaders() throws {
    let reader = try HDF5Format().open(path("latest.h5"), tree: nil)
    let column = try reader.read(["x"], entries: 1..<4).columns["x"]
    #expect(column?.values.reals == [1, 2, 3])
    #expect(try HDF5Format().trees(in: path("latest.h5")) == ["/"])
  }

  @Test func datasetsThatAreNoNumbers() throws {
    let reader = try HDF5Format().open(path("numbers.h5"), tree: nil)
    for (name, message) in [
      ("text", "column 'text' holds texts"),
      (
        "lzf",
        "column 'lzf' holds floating-point numbers of 4 bytes, compressed by filter 32000, which "
          + "this version can't read"
      ),
    ] {
      let error = #expect(throws: EventFileError.self) { try reader.read([name], entries: 0..<1) }
      #expect(error?.message == message)
    }
  }

  @Test func filesThatAreNone() throws {
    let folder = try TemporaryFolder()
    for (bytes, message) in [
      ([UInt8](), "isn't an HDF5 file: it is too short"),
      (
        [UInt8](repeating: 7, count: 200),
        "isn't an HDF5 file (its first bytes aren't those of one)"
      ),
    ] {
      let file = try folder.write(bytes, as: "events.h5")
      let error = #expect(throws: EventFileError.self) { try HDF5Format().open(file, tree: nil) }
      #expect(error?.message == message)
    }
  }

  @Test(.enabled(if: SharedData.isExpected, "\(SharedData.absence)"))
  func sameEventsAsTheTree() throws {
    let events = SharedData.folder.appendingPathComponent("data/squark-search/events")
    let own = try HDF5Format().open(
      events.appendingPathComponent("sqsq_1400_0.h5").path, tree: "Events")
    let tree = try ROOTFormat().open(
      events.appendingPathComponent("sqsq_1400_0.root").path, tree: nil)
    let names = own.readable
    #expect(names.count == 18)
    for entries in [0..<1000, 1000..<2000] {
      let found = try own.read(names, entries: entries)
      let wanted = try tree.read(names, entries: entries)
      for name in names {
        let column = try #require(found.columns[name])
        #expect(column.values.reals == wanted.columns[name]?.values.reals, "\(name)")
        #expect(column.offsets == wanted.columns[name]?.offsets, "\(name)")
      }
    }
  }
}
