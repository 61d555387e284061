// SPDX-License-Identifier: Apache-2.0
import Reinterpretation

/// What became of a signal, for people: steps, cutflow, regions, tests, limits, verdict.
struct ReportText {
  let report: ReinterpretationReport
  /// Print every row of a long cutflow.
  let isCutflowFull: Bool

  /// A cutflow of more rows is cut down to what the reported regions start from.
  private static let longCutflow = 40

  var lines: [String] {
    [head, steps, cutflow, acceptances, regions, fits, tests, limits, [verdict]]
      .filter { !$0.isEmpty }
      .joined(separator: [""]).map(\.self)
  }

  private var head: [String] {
    let point = report.point.isEmpty ? "" : "  " + PointText.of(report.point)
    var lines = [
      "\(report.analysis)@\(report.version)  \(report.title)",
      "signal \(report.signal)\(point)",
      "run \(report.run)  \(report.status) in \(NumberText.seconds(report.seconds)), "
        + "\(report.cachedCount) of \(report.steps.count) steps from the cache",
    ]
    if let message = report.message { lines.append(message) }
    return lines
  }

  private var steps: [String] {
    Table(
      [.text("step"), .text("kind"), .text("state"), .number("time"), .text("why")],
      report.steps.map {
        [
          $0.id, $0.kind, $0.state.rawValue, NumberText.seconds($0.seconds),
          $0.message ?? $0.reason,
        ]
      }
    ).lines()
  }

  private var cutflow: [String] {
    guard !report.cutflow.isEmpty else { return [] }
    let reported = Set(report.acceptances.map(\.region))
    let isCut = !isCutflowFull && report.cutflow.count > Self.longCutflow
    let rows =
      isCut ? report.cutflow.filter { !reported.contains($0.region ?? "") } : report.cutflow
    let table = Table(
      [
        .text("region"), .text("cut"), .number("entries"), .number("sum of weights"),
        .number("efficiency"),
      ],
      rows.map {
        [
          $0.region ?? "", $0.cut, $0.entries.map(String.init) ?? "-",
          NumberText.of($0.sumW, digits: 6),
          NumberText.of($0.efficiency),
        ]
      })
    guard rows.count < report.cutflow.count else { return table.lines() }
    return table.lines()
      + ["(\(report.cutflow.count - rows.count) more rows with --full-cutflow)"]
  }

  private var acceptances: [String] {
    guard !report.acceptances.isEmpty else { return [] }
    return Table(
      [.text("region"), .number("entries"), .number("acceptance × efficiency")],
      report.acceptances.map {
        [
          $0.region, $0.entries.map(String.init) ?? "-",
          NumberText.of($0.value, uncertainty: $0.uncertainty),
        ]
      }
    ).lines()
  }

  private var regions: [String] {
    guard !report.regions.isEmpty else { return [] }
    return Table(
      [
        .text("region"), .number("entries"), .number("signal"), .number("observed"),
        .number("background"),
      ],
      report.regions.map {
        [
          $0.name, $0.entries.map(String.init) ?? "-",
          NumberText.of($0.yield, uncertainty: $0.uncertainty), NumberText.of($0.observed),
          NumberText.of($0.background),
        ]
      }
    ).lines()
  }

  private var fits: [String] {
    report.fits.map { fit in
      let muHat = fit.muHat.map {
        ", mu_hat " + NumberText.of($0, uncertainty: fit.muHatUncertainty)
      }
      return
        "\(fit.step): converged, twice_nll \(NumberText.of(fit.twiceNLL, digits: 8))\(muHat ?? "")"
    }
  }

  private var tests: [String] {
    let rows = report.tests.compactMap { test in
      test.cls.map {
        (
          label: "\(test.step): CLs at mu = \(NumberText.of(test.mu))", observed: $0,
          expected: test.clsExpected
        )
      }
    }
    return rows.isEmpty ? [] : BandTable.lines(rows)
  }

  private var limits: [String] {
    let rows = report.limits.flatMap { limit in
      [
        limit.mu.map { (label: "\(limit.step): mu", observed: $0.observed, expected: $0.expected) },
        limit.crossSection.map {
          (
            label: "\(limit.step): cross-section\(limit.unit.map { " (\($0))" } ?? "")",
            observed: $0.observed, expected: $0.expected
          )
        },
      ].compactMap(\.self)
    }
    return rows.isEmpty ? [] : BandTable.lines(rows)
  }

  private var verdict: String {
    let verdict = report.verdict
    guard report.isSuccess else { return "VERDICT  none: the run did not succeed" }
    var words = "VERDICT  \(verdict.conclusion.rawValue.uppercased()): \(verdict.rule)"
    if let cls = verdict.cls {
      words += " (CLs = \(NumberText.of(cls, uncertainty: verdict.clsUncertainty)))"
    }
    if verdict.isExtrapolated == true {
      words += "; EXTRAPOLATED: the point lies outside the hull of the validated points"
    }
    return words
  }
}
