// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation
import Testing
import Workflow

/// Result rows become the records of a report.
@Suite struct StepResultsTests {
  private let cutflow = StepResults([
    ("select", ResultValue(.cutflow, subject: "all", value: 200, entries: 100)),
    ("select", ResultValue(.cutflow, subject: "presel/met > 200", value: 80, entries: 40)),
    ("select", ResultValue(.cutflow, subject: "SR/a/b", value: 20, entries: 11)),
  ])

  @Test func cutflowRowsHaveRegionCutAndEfficiency() {
    let rows = cutflow.cutflow()
    #expect(rows.map(\.region) == [nil, "presel", "SR"])
    #expect(rows.map(\.cut) == ["all", "met > 200", "a/b"])
    #expect(rows.map(\.entries) == [100, 40, 11])
    #expect(rows.map(\.efficiency) == [1, 0.4, 0.1])
  }

  @Test func binsOfAChannelAreAddedUp() {
    let results = StepResults([
      ("model", ResultValue(.yield, subject: "SR[0]", value: 3, uncertainty: 0.3, entries: 9)),
      ("model", ResultValue(.yield, subject: "SR[1]", value: 4, uncertainty: 0.4, entries: 16)),
      ("model", ResultValue(.yield, subject: "CR", value: 1)),
      ("model", ResultValue(.yield, subject: "VR[a]", value: 2)),
    ])
    let regions = results.regions(counts: ["SR": ChannelCount(observed: 10, background: 8.5)])
    #expect(regions.map(\.name) == ["SR", "CR", "VR[a]"])
    #expect(regions.map(\.yield) == [7, 1, 2])
    #expect(regions.map(\.uncertainty) == [0.5, nil, nil])
    #expect(regions.map(\.entries) == [25, nil, nil])
    #expect(regions.map(\.observed) == [10, nil, nil])
    #expect(regions.map(\.background) == [8.5, nil, nil])
  }

  @Test func testsAndLimits() {
    let band = [-1, 2, 0, 1, -2]
    let results = StepResults(
      [
        ("test", ResultValue(.cls, value: 0.03, uncertainty: 0.01)),
        ("test", ResultValue(.mu_hat, value: 0.2)),
        ("limit", ResultValue(.upper_limit, value: 0.9)),
        ("limit", ResultValue(.cross_section_upper_limit, value: 1.8, unit: "fb")),
      ]
        + band.map {
          ("test", ResultValue(.cls_expected, sigma: $0, value: 8 + Double($0)))
        }
        + band.prefix(4).map {
          ("limit", ResultValue(.upper_limit_expected, sigma: $0, value: 1 + Double($0)))
        })
    let tests = results.tests { $0 == "test" ? 1 : 0 }
    #expect(tests.map(\.cls) == [0.03])
    #expect(tests.map(\.mu) == [1])
    #expect(tests.map(\.clsExpected) == [[6, 7, 8, 9, 10]])
    let limits = results.limits()
    #expect(limits.map(\.mu?.observed) == [0.9])
    #expect(limits.map(\.mu?.expected) == [[]])  // a band with a gap is no band
    #expect(limits.map(\.crossSection?.observed) == [1.8])
    #expect(limits.map(\.unit) == ["fb"])
  }

  /// A test reports its own fitted strength; only a step with fitted parameters is a fit.
  @Test func fits() {
    let results = StepResults([
      ("test", ResultValue(.cls, value: 0.03)), ("test", ResultValue(.twice_nll, value: 20)),
      ("fit", ResultValue(.twice_nll, value: 20)),
      ("fit", ResultValue(.mu_hat, subject: "mu", value: 0.1, uncertainty: 0.2)),
      ("fit", ResultValue(.best_fit, subject: "mu", value: 0.1)),
    ])
    #expect(results.fits().map(\.step) == ["fit"])
    #expect(results.fits().map(\.muHatUncertainty) == [0.2])
  }
}
