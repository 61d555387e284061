// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Testing

/// Histograms written and read by uproot (`Fixtures/make_histograms.py`), and our own.
@Suite struct ROOTHistogramTests {
  struct Expected: Decodable {
    let title: String
    let edges: [Double]
    let values: [Double]
    let squares: [Double]?
  }

  private func fixture() throws -> (folder: TemporaryFolder, path: String) {
    let folder = try TemporaryFolder()
    return (folder, try folder.write(try ROOTFixture.bytes("histograms.root")))
  }

  @Test func readsWhatUprootReads() throws {
    let (folder, path) = try fixture()
    let content = try Data(
      contentsOf: ROOTFixture.folder.appendingPathComponent("histograms.json"))
    let expected = try JSONDecoder().decode([String: Expected].self, from: content)
    let file = try ROOTHistogramFile(path)
    #expect(file.paths == expected.keys.sorted())
    #expect(expected.count == 7)
    for (name, expected) in expected {
      let histogram = try file.histogram(name)
      #expect(histogram.title == expected.title, "\(name)")
      #expect(histogram.edges.count == expected.edges.count, "\(name)")
      for (a, b) in zip(histogram.edges, expected.edges) { #expect(abs(a - b) <= 1e-12 * abs(b)) }
      #expect(
        [histogram.underflow] + histogram.contents + [histogram.overflow] == expected.values,
        "\(name)")
      #expect(histogram.squares == expected.squares.map { Array($0.dropFirst().dropLast()) })
      if histogram.squares == nil {
        #expect(
          zip(histogram.uncertainties, histogram.contents)
            .allSatisfy { $0 == $1.squareRoot() || ($0.isNaN && $1 < 0) })
      }
    }
    withExtendedLifetime(folder) {}
  }

  @Test func whatIsNotThereIsTold() throws {
    let (folder, path) = try fixture()
    let file = try ROOTHistogramFile(path)
    for name in ["tree", "plane", "single", "nominal"] {
      let refusal = #expect(throws: EventFileError.self) { try file.histogram(name) }
      #expect(
        refusal?.message == "has no histogram '\(name)' (it has: again, double, long, "
          + "nominal/char, nominal/deep/int, nominal/short, nominal/single)")
    }
    withExtendedLifetime(folder) {}
  }

  /// A damaged file is an error or other numbers, never a crash.
  @Test(arguments: 0..<300 as Range<UInt64>)
  func damage(_ seed: UInt64) throws {
    var generator = ROOTDamageTests.Generator(state: seed)
    var bytes = try ROOTHistogramFile.bytes(of: Self.made())
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      bytes[place] = UInt8.random(in: 0...255, using: &generator)
    }
    if seed % 5 == 0 { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &generator)) }
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes)
    do {
      let file = try ROOTHistogramFile(path)
      for name in file.paths {
        do {
          let histogram = try file.histogram(name)
          #expect(histogram.edges.count == histogram.contents.count + 1)
        } catch is EventFileError {}
      }
    } catch is EventFileError {}
  }

  private static func made() throws -> [(name: String, histogram: ROOTHistogram)] {
    [
      (
        "weighted",
        try ROOTHistogram(
          title: "w", edges: [0, 1, 4, 9], contents: [1.5, -2, 1e-300], squares: [2, 4, 1e-9])
      ),
      ("one", try ROOTHistogram(edges: [-1, 1], contents: [7])),
      (
        String(repeating: "long", count: 100),
        try ROOTHistogram(edges: (0...1000).map(Double.init), contents: (0..<1000).map(Double.init))
      ),
    ]
  }

  @Test func writtenHistogramsComeBack() throws {
    let made = try Self.made()
    let bytes = ROOTHistogramFile.bytes(of: made)
    #expect(bytes == ROOTHistogramFile.bytes(of: made))
    let folder = try TemporaryFolder()
    let file = try ROOTHistogramFile(try folder.write(bytes))
    #expect(file.paths == made.map(\.name).sorted())
    for (name, histogram) in made { #expect(try file.histogram(name) == histogram) }
    let empty = try ROOTHistogramFile(
      try folder.write(ROOTHistogramFile.bytes(of: []), as: "empty.root"))
    #expect(empty.paths.isEmpty)
  }

  @Test func histogramsHaveOneEdgeMore() {
    for (edges, contents, squares) in [
      ([0, 1], [1, 2], nil), ([0], [], nil), ([1, 0], [1], nil), ([0, .nan], [1], nil),
      ([0, 1], [1], [1, 2]),
    ] as [([Double], [Double], [Double]?)] {
      #expect(throws: EventFileError.self) {
        try ROOTHistogram(edges: edges, contents: contents, squares: squares)
      }
    }
  }
}
