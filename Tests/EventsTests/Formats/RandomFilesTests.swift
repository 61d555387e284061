// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Testing

/// Hundreds of ROOT files that uproot writes in the test run: random types, codecs, basket and
/// cluster sizes, jaggedness (`Fixtures/random_files.py`).
///
/// The Python is that of `make pyhf`, or the one that REPRISE_PYHF names; REPRISE_SEED repeats a run.
struct RandomFilesTests {
  static let python: URL? = {
    if let path = ProcessInfo.processInfo.environment["REPRISE_PYHF"] {
      return URL(fileURLWithPath: path)
    }
    let root = ROOTFixture.folder.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let made = root.appendingPathComponent(".build/pyhf/bin/python3")
    return FileManager.default.isExecutableFile(atPath: made.path) ? made : nil
  }()

  /// In CI it must be there, so the test runs, and fails if not.
  static let isExpected = python != nil || ProcessInfo.processInfo.environment["CI"] != nil

  struct Told: Decodable {
    struct Column: Decodable {
      let count: Int
      let sum: Double
      let weighted: Double
      let scale: Double
      let offsets: Int
    }

    let file: String
    let format: String
    let entries: Int
    let columns: [String: Column]
  }

  @Test(
    .enabled(if: isExpected, "no Python with uproot: type 'make pyhf', or set REPRISE_PYHF"),
    .timeLimit(.minutes(5)))
  func readsWhatWasWritten() throws {
    let folder = try TemporaryFolder()
    let seed =
      ProcessInfo.processInfo.environment["REPRISE_SEED"] ?? "\(UInt32.random(in: 0...UInt32.max))"
    print("RandomFilesTests: REPRISE_SEED=\(seed)")
    let told = try Self.write(240, seed: seed, folder)
    #expect(told.count == 240, "REPRISE_SEED=\(seed)")
    for file in told {
      let format: any EventFormat = file.format == "root" ? ROOTFormat() : RNTupleFormat()
      let reader = try format.open(file.file, tree: "Events")
      #expect(reader.entryCount == file.entries)
      for (name, column) in file.columns {
        try Self.compare(reader, name, column, "REPRISE_SEED=\(seed): \(file.file), \(name)")
      }
    }
  }

  static func write(_ count: Int, seed: String, _ folder: TemporaryFolder) throws -> [Told] {
    let process = Process()
    let interpreter: URL = try #require(python)
    process.executableURL = interpreter
    let script = ROOTFixture.folder.appendingPathComponent("random_files.py").path
    process.arguments = [script, seed, "\(count)", folder.url.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try text.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(Told.self, from: $0)
    }
  }

  /// In blocks that don't know of baskets.
  static func compare(
    _ reader: any EventReader, _ name: String, _ expected: Told.Column, _ place: Comment
  ) throws {
    var values: [Double] = []
    var offsets = [0]
    for start in stride(from: 0, to: reader.entryCount, by: 271) {
      let entries = start..<min(start + 271, reader.entryCount)
      let column = try #require(reader.read([name], entries: entries).columns[name])
      let base = offsets[offsets.count - 1]
      offsets += (column.offsets ?? []).dropFirst().map { $0 + base }
      values += column.values.reals
    }
    #expect(values.count == expected.count, place)
    #expect(offsets.reduce(0, +) == expected.offsets, place)
    let weighted = values.enumerated().map { $1 * Double($0 % 97) }
    let tolerance = 1e-12 * max(1, expected.scale)
    #expect(abs(values.reduce(0, +) - expected.sum) <= tolerance, place)
    #expect(abs(weighted.reduce(0, +) - expected.weighted) <= tolerance, place)
  }
}
