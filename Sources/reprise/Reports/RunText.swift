// SPDX-License-Identifier: Apache-2.0
import Reinterpretation

/// Runs, for people.
enum RunText {
  static func lines(_ runs: [RunSummary]) -> [String] {
    Table(
      [
        .number("run"), .text("analysis"), .text("signal"), .text("point"), .text("status"),
        .text("started"), .text("message"),
      ],
      runs.map {
        [
          "\($0.run)", "\($0.analysis)@\($0.version)", $0.signal, PointText.of($0.point), $0.status,
          TimeText.of($0.startedAt), $0.message ?? "",
        ]
      }
    ).lines()
  }

  static func lines(_ run: RunDescription) -> [String] {
    let summary = run.summary
    let steps = Table(
      [
        .text("step"), .text("kind"), .text("status"), .number("time"), .text("host"),
        .text("why"),
      ],
      run.steps.map {
        [
          $0.id, $0.kind, $0.status, NumberText.seconds($0.seconds), $0.host ?? "",
          $0.message ?? $0.reason,
        ]
      })
    let reason = summary.message.map { ": \($0)" } ?? ""
    return [
      "run \(summary.run)  \(summary.analysis)@\(summary.version) on \(summary.signal)  "
        + "\(summary.status)\(reason)", "",
    ] + steps.lines()
  }
}
