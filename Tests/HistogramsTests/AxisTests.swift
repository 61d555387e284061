// SPDX-License-Identifier: Apache-2.0
import Foundation
import Histograms
import Testing

struct AxisTests {
  /// Splitmix64, so that a seed names the numbers.
  struct Randomness: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  @Test func indicesAreHalfOpen() throws {
    let axis = try Axis(name: "x", bins: 4, lower: 0, upper: 2)
    let expected: [(Double, Int?)] = [
      (-.infinity, 0), (-0.1, 0), (0, 1), (0.49, 1), (0.5, 2), (1.99, 4), (2, 5),
      (.infinity, 5), (.nan, nil),
    ]
    for (value, index) in expected { #expect(axis.index(of: value) == index, "\(value)") }
    #expect(axis.edges == [0, 0.5, 1, 1.5, 2])
  }

  /// One over the width is infinite here.
  @Test func narrowestBin() throws {
    let upper = Double.leastNormalMagnitude / 256
    let axis = try Axis(name: "x", bins: 1, lower: 0, upper: upper)
    #expect([0, upper / 2, upper].map(axis.index) == [1, 1, 2])
  }

  /// The lower edge of a bin lies in it, the number below it in the one before, whatever the
  /// rounding of the edges.
  @Test func edgesOpenTheirBins() throws {
    var randomness = Randomness(state: 1)
    for _ in 0..<300 {
      let lower = Double.random(in: -1e3...1e3, using: &randomness)
      let width = Double.random(in: 1e-6...1e4, using: &randomness)
      let bins = Int.random(in: 1...50, using: &randomness)
      let axis = try Axis(name: "x", bins: bins, lower: lower, upper: lower + width)
      let same = try Axis(name: "x", edges: axis.edges)
      for (position, edge) in axis.edges.enumerated() {
        #expect(axis.index(of: edge) == position + 1)
        #expect(axis.index(of: edge.nextDown) == position)
        #expect(same.index(of: edge) == position + 1)
      }
      let value = Double.random(in: lower...(lower + width), using: &randomness)
      #expect(axis.index(of: value) == same.index(of: value))
    }
  }

  /// Any value lies between the edges of its bin.
  @Test func valuesLieInTheirBins() throws {
    var randomness = Randomness(state: 2)
    for _ in 0..<200 {
      let count = Int.random(in: 2...20, using: &randomness)
      let edges = Set((0..<count).map { _ in Double.random(in: -5...5, using: &randomness) })
      guard edges.count > 1 else { continue }
      let axis = try Axis(name: "x", edges: edges.sorted())
      for _ in 0..<20 {
        let value = Double.random(in: -6...6, using: &randomness)
        let index = try #require(axis.index(of: value))
        if index > 0 { #expect(axis.edges[index - 1] <= value) }
        if index <= axis.binCount { #expect(value < axis.edges[index]) }
      }
    }
  }

  @Test(
    arguments: [
      ([], "has 0 edges"), ([1], "has 1 edges"), ([1, 1], "must lie above edge 1.0"),
      ([2, 1], "edge 1.0 must lie above edge 2.0"), ([0, .nan], "must lie above"),
      ([0, .infinity], "must be finite"), ([-.infinity, 0], "must be finite"),
    ] as [([Double], String)])
  func badEdgesAreRefused(edges: [Double], message: String) {
    let error = #expect(throws: HistogramError.self) { try Axis(name: "meff", edges: edges) }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains("meff") == true)
  }

  @Test func badBinsAreRefused() {
    #expect(throws: HistogramError.self) { try Axis(name: "x", bins: 0, lower: 0, upper: 1) }
    #expect(throws: HistogramError.self) { try Axis(name: "x", bins: 2, lower: 1, upper: 1) }
    #expect(throws: HistogramError.self) { try Axis(name: "x", bins: 2, lower: 0, upper: .nan) }
    #expect(throws: HistogramError.self) {
      try Axis(name: "x", bins: .max, lower: 0, upper: 1)
    }
  }

  @Test func codingKeepsAxes() throws {
    let axis = try Axis(name: "meff", unit: "GeV", bins: 7, lower: 0.1, upper: 0.8)
    let data = try JSONEncoder().encode(axis)
    #expect(try JSONDecoder().decode(Axis.self, from: data) == axis)
    let bad = Data(#"{"name": "x", "edges": [1, 0]}"#.utf8)
    #expect(throws: HistogramError.self) { try JSONDecoder().decode(Axis.self, from: bad) }
  }
}
