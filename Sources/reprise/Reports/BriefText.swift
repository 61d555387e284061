// SPDX-License-Identifier: Apache-2.0
import Reinterpretation

/// One line for each signal: what was found, how long it took, what came from the cache.
enum BriefText {
  static func lines(_ reports: [ReinterpretationReport]) -> [String] {
    let unit = reports.lazy.flatMap(\.limits).compactMap(\.unit).first
    let limitTitle = "σ limit" + (unit.map { " (\($0))" } ?? "")
    return Table(
      [
        .text("signal"), .text("point"), .number("CLs"), .number("expected"), .number("μ limit"),
        .number("expected"), .number(limitTitle), .number("expected"), .text("verdict"),
        .number("time"), .text("cached"),
      ],
      reports.map(cells)
    ).lines()
  }

  private static func cells(_ report: ReinterpretationReport) -> [String] {
    let test = report.tests.first { $0.step == report.verdict.step }
    let mu = report.limits.lazy.compactMap(\.mu).first
    let crossSection = report.limits.lazy.compactMap(\.crossSection).first
    return [
      report.signal, PointText.of(report.point), NumberText.of(test?.cls, digits: 3),
      median(test?.clsExpected), NumberText.of(mu?.observed, digits: 3), median(mu?.expected),
      NumberText.of(crossSection?.observed, digits: 3), median(crossSection?.expected),
      verdict(report), NumberText.seconds(report.seconds),
      "\(report.cachedCount) of \(report.steps.count)",
    ]
  }

  private static func median(_ band: [Double]?) -> String {
    guard let band, band.count == 5 else { return "-" }
    return NumberText.of(band[2], digits: 3)
  }

  private static func verdict(_ report: ReinterpretationReport) -> String {
    guard report.isSuccess else { return report.status }
    let isExtrapolated = report.verdict.isExtrapolated == true
    return report.verdict.conclusion.rawValue + (isExtrapolated ? ", extrapolated" : "")
  }
}
