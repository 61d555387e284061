// SPDX-License-Identifier: Apache-2.0
import Reinterpretation

/// A verification, for people.
enum VerificationText {
  /// - Parameter isBrief: leave out the results that are as expected.
  static func lines(_ report: VerificationReport, isBrief: Bool) -> [String] {
    let rows = isBrief ? report.rows.filter { !$0.isPassed } : report.rows
    var lines = rows.isEmpty ? [] : table(rows)
    for run in report.runs where run.status != "succeeded" {
      lines.append(
        "\(run.signal): FAIL: the run \(run.status): \(run.message ?? "no reason given")")
    }
    for run in report.runs where run.expectedResults == 0 {
      lines.append("\(run.signal): nothing is expected of it")
    }
    return lines + (lines.isEmpty ? [] : [""]) + [conclusion(report)]
  }

  private static func table(_ rows: [VerificationReport.Row]) -> [String] {
    Table(
      [
        .text("signal"), .text("step"), .text("quantity"), .text("subject"), .number("value"),
        .number("expected"), .number("deviation"), .number("tolerance"), .text(""),
      ],
      rows.map { row in
        [
          row.signal, row.step, row.quantity + sigma(row.sigma), row.subject ?? "",
          NumberText.of(row.value, digits: 6), NumberText.of(row.expected, digits: 6),
          NumberText.of(row.deviation, digits: 2), tolerance(row),
          row.isPassed ? "pass" : "FAIL",
        ]
      }
    ).lines()
  }

  private static func sigma(_ sigma: Int?) -> String {
    guard let sigma else { return "" }
    return sigma == 0 ? " median" : sigma > 0 ? " +\(sigma)σ" : " \(sigma)σ"
  }

  private static func tolerance(_ row: VerificationReport.Row) -> String {
    NumberText.of(row.tolerance, digits: 2) + (row.isRelative ? " relative" : " absolute")
  }

  private static func conclusion(_ report: VerificationReport) -> String {
    let passed = report.rows.count(where: \.isPassed)
    return
      "\(report.analysis)@\(report.version): \(report.isPassed ? "VERIFIED" : "NOT VERIFIED"), "
      + "\(passed) of \(report.rows.count) results within tolerance, \(report.runs.count) signals"
  }
}
