// SPDX-License-Identifier: Apache-2.0
import Histograms
import Testing

struct CutflowComparisonTests {
  private let cutflow = Cutflow(rows: [
    CutflowRow(cut: "all", entries: 1000, sumW: 1000, sumW2: 1000),
    CutflowRow(cut: "jets", entries: 500, sumW: 500, sumW2: 500),
    CutflowRow(cut: "veto", entries: 250, sumW: 250, sumW2: 250),
    CutflowRow(cut: "met", entries: 10, sumW: 10, sumW2: 10),
  ])

  @Test func rowsAreRelativeToTheOneInCommon() throws {
    // 1000 events stand for 200 that were published.
    let comparison = try CutflowComparison(
      cutflow,
      published: [
        .init("all", value: 200), .init("jets", value: 100), .init("met", value: 3),
      ])
    #expect(comparison.rows.map(\.ratio) == [1, 1, nil, (10.0 / 1000) / (3.0 / 200)])
    #expect(comparison.rows.map(\.publishedEfficiency) == [nil, 0.5, nil, 0.03])
    #expect(comparison.rows.map(\.efficiency) == [1, 0.5, 0.5, 0.04])
    // Binomial: √(ε(1 − ε)/N)/ε_published.
    let expected = (0.01 * 0.99 / 1000).squareRoot() / 0.015
    let uncertainty = try #require(comparison.rows[3].ratioUncertainty)
    #expect(abs(uncertainty - expected) < 1e-14)
    #expect(comparison.rows[0].ratioUncertainty == 0)
  }

  /// An alarm needs a deviation that is both large and not by chance.
  @Test func alarmsAreLargeAndSignificant() throws {
    func alarms(_ value: Double, uncertainty: Double? = nil, tolerance: Double = 0.2) throws
      -> [Bool]
    {
      try CutflowComparison(
        cutflow,
        published: [
          .init("all", value: 1000), .init("jets", value: 500),
          .init("met", value: value, uncertainty: uncertainty),
        ], tolerance: tolerance
      ).rows.map(\.isAlarming)
    }
    #expect(try alarms(12) == [false, false, false, false])
    // Ours has 10 ± 3.1.
    #expect(try alarms(15) == [false, false, false, false])
    #expect(try alarms(30) == [false, false, false, true])
    #expect(try alarms(30, uncertainty: 50) == [false, false, false, false])
    #expect(try alarms(11, tolerance: 0) == [false, false, false, false])
    #expect(try alarms(.nan) == [false, false, false, true])
  }

  @Test func publishedRowsMustFit() {
    func refuses(_ published: [CutflowComparison.Published], _ reference: String? = nil) -> Bool {
      do {
        _ = try CutflowComparison(cutflow, published: published, relativeTo: reference)
        return false
      } catch { return true }
    }
    #expect(refuses([.init("mett", value: 1)]))
    #expect(refuses([.init("met", value: 1), .init("jets", value: 1)]))
    #expect(refuses([]))
    #expect(refuses([.init("all", value: 0)]))
    #expect(refuses([.init("all", value: 1)], "met"))
    #expect(!refuses([.init("jets", value: 50), .init("met", value: 1)], "jets"))
  }
}
