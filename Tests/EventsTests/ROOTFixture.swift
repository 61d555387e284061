// SPDX-License-Identifier: Apache-2.0
import CCompression
import Events
import Foundation

/// A folder for the files of one test, gone with it.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-root-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)  // what stays behind hurts nobody
  }

  /// Writes a file and gives its path.
  func write(_ bytes: [UInt8], as name: String = "events.root") throws -> String {
    let place = url.appendingPathComponent(name)
    try Data(bytes).write(to: place)
    return place.path
  }
}

/// The ROOT files that `Fixtures/make_fixtures.py` wrote.
enum ROOTFixture {
  static let codecs = ["none", "zlib", "lz4", "zstd", "lzma"]

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  struct Unreadable: Error { let name: String }

  /// The bytes of a fixture, unzipped.
  static func bytes(_ name: String) throws -> [UInt8] {
    guard let file = gzopen(folder.appendingPathComponent(name + ".gz").path, "rb") else {
      throw Unreadable(name: name)
    }
    defer { gzclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = gzread(file, &buffer, UInt32(buffer.count))
      guard count >= 0 else { throw Unreadable(name: name) }
      if count == 0 { return bytes }
      bytes += buffer[..<Int(count)]
    }
  }

  /// What uproot reads from the fixtures.
  static func expected() throws -> [String: [String: ExpectedTree]] {
    let content = try Data(contentsOf: folder.appendingPathComponent("expected.json"))
    return try JSONDecoder().decode([String: [String: ExpectedTree]].self, from: content)
  }

  struct ExpectedTree: Decodable {
    let entries: Int
    let branches: [String: Branch]

    struct Branch: Decodable {
      let type: String
      let baskets: Int
      let count: Int
      let sum: Double
      let first: [[Double]]
    }
  }
}

extension EventReader {
  /// Names of the columns that can be read.
  var readable: [String] { columns.filter(\.isReadable).map(\.name) }
}

extension [UInt8] {
  /// Where a pattern begins, every time.
  func places(of pattern: [UInt8]) -> [Int] {
    guard count >= pattern.count else { return [] }
    return (0...count - pattern.count).filter {
      self[$0..<$0 + pattern.count].elementsEqual(pattern)
    }
  }

  /// Overwrites a big-endian integer.
  mutating func put<Integer: FixedWidthInteger>(_ value: Integer, at place: Int) {
    let bytes = Swift.withUnsafeBytes(of: value.bigEndian, Array.init)
    replaceSubrange(place..<place + bytes.count, with: bytes)
  }

  /// Overwrites a big-endian integer of a narrower type.
  mutating func put<Integer: FixedWidthInteger>(_ value: Int64, as: Integer.Type, at place: Int) {
    put(Integer(truncatingIfNeeded: value), at: place)
  }

  /// Reads a big-endian integer.
  func integer<Integer: FixedWidthInteger>(_: Integer.Type, at place: Int) -> Integer {
    self[place..<place + Integer.bitWidth / 8].reduce(0) {
      $0 << 8 | Integer(truncatingIfNeeded: $1)
    }
  }
}
