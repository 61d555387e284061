// SPDX-License-Identifier: Apache-2.0
import Foundation
import Histograms
import Testing

/// Filling many events at a time, two axes, and what is handed on.
struct HistogramTallyTests {
  private func tally() throws -> HistogramTally {
    var tally = HistogramTally(axes: [
      try Axis(name: "x", bins: 2, lower: 0, upper: 2), try Axis(name: "y", edges: [0, 1, 10]),
    ])
    tally.fill(
      [0, 1, 2, 4, 5, 6],
      [
        .init([-1, 0.5, 1.5, 7, 9, .nan, 1][...]),
        .init(
          [0.5, 0.5, 5, 0, 20, 1, 1][...],
          validity: [true, true, true, true, true, true, false]),
      ], weights: [1, 2, 4, 8, 16, 32, 64])
    return tally
  }

  @Test func twoAxesHoldEachEventOnce() throws {
    let histogram = try #require(Histogram2D(try tally()))
    #expect(histogram.entries == 4 && histogram.nanCount == 1 && histogram.missingCount == 1)
    // Bin (i, j) at 4i + j.
    var expected = Array(repeating: 0.0, count: 16)
    (expected[1], expected[5], expected[10], expected[15]) = (1, 2, 4, 16)
    #expect(histogram.sumW == expected)
    #expect(histogram.sumW2 == expected.map { $0 * $0 })
    #expect(Histogram(try tally()) == nil)
  }

  @Test func flowBinsAreFoldedOrDropped() throws {
    let histogram = try #require(Histogram2D(try tally()))
    let fold = FlowPolicies(underflow: .fold, overflow: .fold)
    let drop = FlowPolicies(underflow: .drop, overflow: .drop)
    #expect(histogram.contents(x: drop, y: drop).sumW == [2, 0, 0, 4])
    #expect(histogram.contents(x: fold, y: fold).sumW == [3, 0, 0, 20])
    #expect(histogram.contents(x: fold, y: fold).sumW2 == [5, 0, 0, 272])
    #expect(
      histogram.contents(x: .init(underflow: .fold, overflow: .drop), y: drop).sumW == [3, 0, 0, 4])
    var one = Histogram(axis: try Axis(name: "x", bins: 3, lower: 0, upper: 3))
    for (value, weight) in [(-1.0, 1.0), (0, 2), (2, 4), (3, 8)] {
      try one.fill(value, weight: weight)
    }
    #expect(one.contents(fold).sumW == [3, 0, 12])
    #expect(one.contents(drop).sumW == one.contents)
    #expect(one.contents(.init(underflow: .drop, overflow: .fold)).sumW == [2, 0, 12])
  }

  @Test func twoAxesSurviveJSON() throws {
    let histogram = try #require(Histogram2D(try tally()))
    let data = try JSONEncoder().encode(histogram)
    #expect(try JSONDecoder().decode(Histogram2D.self, from: data) == histogram)
    let text = String(decoding: data, as: UTF8.self)
    let short = text.replacing(/"sumW":\[0,/, with: "\"sumW\":[")
    #expect(short != text)
    #expect(throws: HistogramError.self) {
      try JSONDecoder().decode(Histogram2D.self, from: Data(short.utf8))
    }
  }

  /// Edges that are evenly spaced bin as the axis made from their number does.
  @Test func evenEdgesAreFoundAsQuickly() throws {
    let made = try Axis(name: "x", bins: 7, lower: -0.3, upper: 1.9)
    let read = try Axis(name: "x", edges: made.edges)
    for step in -20...300 {
      let value = Double(step) * 0.01
      #expect(made.index(of: value) == read.index(of: value))
    }
    for edge in made.edges { #expect(made.index(of: edge) == read.index(of: edge)) }
  }
}
