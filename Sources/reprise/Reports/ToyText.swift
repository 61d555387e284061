// SPDX-License-Identifier: Apache-2.0
import Reinterpretation

/// Tests by toys for people, beside the asymptotic ones.
enum ToyText {
  static func lines(_ report: ToyTestReport) -> [String] {
    let observed =
      report.observedCLs.map { NumberText.of($0, uncertainty: report.observedUncertainty) } ?? "-"
    let expected = zip(report.expectedCLs, report.expectedUncertainties).map {
      NumberText.of($0, uncertainty: $1)
    }
    let asymptotic = report.asymptotic
    return Table(
      BandTable.columns("CLs at mu = \(NumberText.of(report.mu))"),
      [
        ["toys", observed] + expected,
        ["asymptotic", NumberText.of(asymptotic.observedCLs)]
          + asymptotic.expectedCLs.map { NumberText.of($0) },
      ]
    ).lines()
      + [
        "",
        "\(report.toys.tested) toys of mu = \(NumberText.of(report.mu)), "
          + "\(report.toys.alternative) without a signal, \(report.toys.failed) failed; "
          + "seed \(report.seed)",
      ]
  }

  static func lines(_ report: ToyDiscoveryReport) -> [String] {
    let significance =
      report.observedSignificance.map {
        NumberText.of($0, uncertainty: report.significanceUncertainty)
      } ?? "- (no toy came as far: make more)"
    let asymptotic = report.asymptotic
    return Table(
      [.text(""), .number("p0"), .number("significance (σ)")],
      [
        [
          "observed, toys",
          NumberText.of(report.observedP0, uncertainty: report.observedUncertainty), significance,
        ],
        [
          "observed, asymptotic", NumberText.of(asymptotic.observedP0),
          NumberText.of(asymptotic.observedSignificance),
        ],
        [
          "expected at mu = 1, toys",
          NumberText.of(report.expectedP0[2], uncertainty: report.expectedUncertainties[2]),
          NumberText.of(report.expectedSignificance),
        ],
        [
          "expected at mu = 1, asymptotic", NumberText.of(asymptotic.expectedP0[2]),
          NumberText.of(asymptotic.expectedSignificance),
        ],
      ]
    ).lines()
      + [
        "",
        "\(report.toys.tested) toys without a signal, \(report.toys.alternative) of mu = 1, "
          + "\(report.toys.failed) failed; seed \(report.seed)",
      ]
  }
}
