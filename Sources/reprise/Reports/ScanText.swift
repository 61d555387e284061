// SPDX-License-Identifier: Apache-2.0
import Reinterpretation

/// Scans, for people.
enum ScanText {
  static func lines(_ scans: [ScanSummary]) -> [String] {
    Table(
      [
        .text("scan"), .text("analysis"), .text("status"), .number("done"), .number("failed"),
        .number("pending"), .text("started"), .text("reason"),
      ],
      scans.map {
        [
          $0.scan, $0.analysis, $0.status, "\($0.finished)", "\($0.failed)", "\($0.pending)",
          TimeText.of($0.createdAt), $0.reason ?? "",
        ]
      }
    ).lines()
  }

  /// What `scan start` ends with.
  static func outcome(_ scan: ScanReport) -> [String] {
    var lines = head(scan) + [""] + counts(scan)
    if scan.finished > 0 {
      lines += [
        "", "reprise contour \(scan.scan) and reprise figure \(scan.scan) show what it found.",
      ]
    }
    if !scan.isFinished {
      lines += ["", "reprise scan resume \(scan.scan) goes on."]
    } else if scan.failed > 0 {
      lines += ["", "reprise scan retry \(scan.scan) evaluates the failed points again."]
    }
    return lines
  }

  static func status(_ scan: ScanReport) -> [String] {
    var lines = head(scan) + [""] + counts(scan)
    if !scan.rounds.isEmpty { lines += [""] + rounds(scan) }
    let open = scan.points.filter { $0.state == .failed || $0.state == .pending }
    if !open.isEmpty { lines += [""] + points(open, of: scan) }
    return lines
  }

  static func whole(_ scan: ScanReport) -> [String] {
    [
      head(scan),
      [
        "strategy     \(scan.strategy), \(scan.mode), seed \(scan.seed)",
        "started      \(TimeText.of(scan.createdAt)) UTC",
        "ended        \(TimeText.of(scan.endedAt))" + (scan.endedAt == nil ? "" : " UTC"),
      ],
      parameters(scan), outputs(scan), map(scan), counts(scan), rounds(scan),
      points(scan.points, of: scan),
    ].filter { !$0.isEmpty }.joined(separator: [""]).map(\.self)
  }

  private static func head(_ scan: ScanReport) -> [String] {
    let reason = scan.reason.map { ": \($0)" } ?? ""
    return [
      "\(scan.scan)  \(scan.analysis)@\(scan.version) on \(scan.signal)  \(scan.status)\(reason)"
    ]
  }

  private static func counts(_ scan: ScanReport) -> [String] {
    let states: [ScanPoint.State] = [.excluded, .allowed, .inconclusive, .failed, .pending]
    let counts = states.map { state in (state, scan.points.count { $0.state == state }) }
      .filter { $0.1 > 0 }
      .map { "\($0.1) \($0.0.rawValue)" }
    var lines = ["points       \(scan.points.count): " + counts.joined(separator: ", ")]
    if scan.points.isEmpty { lines = ["points       none"] }
    if let misclassified = scan.misclassified {
      lines.append(
        "unsure       \(NumberText.percent(misclassified)) of the area, as predicted after round "
          + "\(scan.rounds.last { $0.misclassified != nil }?.round ?? 0)")
    }
    let outside = scan.points.count { $0.isExtrapolated == true }
    if outside > 0 {
      let points = outside == 1 ? "1 point lies" : "\(outside) points lie"
      lines.append("extrapolated \(points) outside of the efficiency map's simulated points")
    }
    return lines
  }

  private static func rounds(_ scan: ScanReport) -> [String] {
    guard !scan.rounds.isEmpty else { return [] }
    return Table(
      [.number("round"), .number("points"), .number("unsure"), .number("shift")],
      scan.rounds.map {
        [
          "\($0.round)", "\($0.evaluations)", NumberText.percent($0.misclassified),
          NumberText.percent($0.shift),
        ]
      }
    ).lines()
  }
}
