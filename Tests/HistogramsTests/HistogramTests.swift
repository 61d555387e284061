// SPDX-License-Identifier: Apache-2.0
import Foundation
import Histograms
import Testing

struct HistogramTests {
  private func filled(_ seed: UInt64, count: Int = 200) throws -> Histogram {
    var randomness = AxisTests.Randomness(state: seed)
    var histogram = Histogram(axis: try Axis(name: "x", bins: 10, lower: 0, upper: 1))
    for _ in 0..<count {
      // Quarters add up exactly, so that order can't matter.
      let weight = Double(Int.random(in: -8...8, using: &randomness)) / 4
      try histogram.fill(Double.random(in: -0.2...1.2, using: &randomness), weight: weight)
    }
    return histogram
  }

  @Test func fillGoesToItsBin() throws {
    var histogram = Histogram(axis: try Axis(name: "x", edges: [0, 1, 3]))
    try histogram.fill(0, weight: 2)
    try histogram.fill(1, weight: -3)
    try histogram.fill(3)
    try histogram.fill(-.infinity)
    try histogram.fill(.infinity, weight: 0.5)
    try histogram.fill(.nan)
    try histogram.fill(nil)
    try histogram.fill(nil)
    #expect(histogram.sumW == [1, 2, -3, 1.5])
    #expect(histogram.sumW2 == [1, 4, 9, 1.25])
    #expect(histogram.contents == [2, -3])
    #expect(histogram.uncertainties == [2, 3])
    #expect(histogram.entries == 5)
    #expect(histogram.nanCount == 1)
    #expect(histogram.missingCount == 2)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func badWeightsAreRefused(weight: Double) throws {
    var histogram = try filled(1)
    let before = histogram
    #expect(throws: HistogramError.self) { try histogram.fill(0.5, weight: weight) }
    #expect(histogram == before)
  }

  /// Nothing is lost: the bins and the flow bins hold all weights.
  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func mergingAddsAndCommutes(seed: UInt64) throws {
    let (first, second) = (try filled(seed), try filled(seed + 100, count: 77))
    var merged = first
    try merged.merge(second)
    var reversed = second
    try reversed.merge(first)
    #expect(merged == reversed)
    #expect(merged.entries == 277)
    let parts: Double = (first.sumW + second.sumW).reduce(0, +)
    #expect(merged.sumW.reduce(0, +) == parts)
    var same = first
    try same.merge(Histogram(axis: first.axis))
    #expect(same == first)
  }

  @Test func differentAxesAreNotMerged() throws {
    var histogram = try filled(1)
    let before = histogram
    let other = Histogram(axis: try Axis(name: "y", bins: 10, lower: 0, upper: 1))
    #expect(throws: HistogramError.self) { try histogram.merge(other) }
    #expect(histogram == before)
  }

  @Test func codingKeepsHistograms() throws {
    let histogram = try filled(3)
    let data = try JSONEncoder().encode(histogram)
    #expect(try JSONDecoder().decode(Histogram.self, from: data) == histogram)
  }

  @Test func sumsMustFitTheAxis() throws {
    let json =
      #"{"axis": {"name": "x", "edges": [0, 1]}, "sumW": [0, 1], "sumW2": [0, 0, 0], "#
      + #""entries": 1, "nanCount": 0, "missingCount": 0}"#
    #expect(throws: HistogramError.self) {
      try JSONDecoder().decode(Histogram.self, from: Data(json.utf8))
    }
  }
}

struct CutflowTests {
  private let cutflow = Cutflow(rows: [
    CutflowRow(cut: "all", entries: 10, sumW: 8, sumW2: 9),
    CutflowRow(cut: "met", entries: 4, sumW: 2, sumW2: 3, missing: 1),
  ])

  @Test func rowsAreACollection() {
    #expect(cutflow.map(\.cut) == ["all", "met"])
    #expect(cutflow.last?.entries == 4)
    #expect(cutflow.efficiencies == [1, 0.25])
  }

  @Test func mergingAddsRows() throws {
    var merged = cutflow
    try merged.merge(cutflow)
    #expect(merged.rows[1] == CutflowRow(cut: "met", entries: 8, sumW: 4, sumW2: 6, missing: 2))
    let other = Cutflow(rows: [CutflowRow(cut: "all", entries: 1, sumW: 1, sumW2: 1)])
    #expect(throws: HistogramError.self) { try merged.merge(other) }
  }

  @Test func codedAsAnArray() throws {
    let data = try JSONEncoder().encode(cutflow)
    #expect(data.first == UInt8(ascii: "["))
    #expect(try JSONDecoder().decode(Cutflow.self, from: data) == cutflow)
  }
}

struct CompensatedSumTests {
  /// Terms that cancel leave what a plain sum loses: 1 + 1e100 + 1 - 1e100 = 2 (Neumaier 1974).
  @Test func cancellationKeepsSmallTerms() {
    var sum = CompensatedSum()
    for term in [1, 1e100, 1, -1e100] { sum.add(term) }
    #expect(sum.value == 2)
  }

  /// 0.1 added a million times; exactly 1e6 times the double nearest to 0.1, rounded.
  @Test func longSumsAreExact() {
    var sum = CompensatedSum()
    for _ in 0..<1_000_000 { sum.add(0.1) }
    #expect(sum.value == 100_000)
  }
}
