// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation

/// One line on a terminal's standard error that is written over as work goes on; silent in a pipe.
struct ProgressLine: Sendable {
  private let isShown = Terminal.hasProgress
  private static let clear = "\r\u{1B}[K"

  func show(_ progress: RunProgress) {
    guard isShown else { return }
    let signals =
      progress.signalCount > 1 ? " (\(progress.signalNumber) of \(progress.signalCount))" : ""
    let running = progress.running.isEmpty ? "" : ": " + progress.running.joined(separator: ", ")
    Terminal.write(
      Self.clear
        + "[\(progress.finishedSteps)/\(progress.stepCount)] \(progress.signal)\(signals)\(running)",
      to: .standardError)
  }

  /// "[17/60] squark-plane: 16 done, 1 failed, 2 running, 1.3 % unsure (ends at 1 %), 2 min left".
  func show(_ progress: ScanProgress) {
    guard isShown else { return }
    Terminal.write(Self.clear + Self.text(progress), to: .standardError)
  }

  /// "[1200/10000] toys".
  func show(_ progress: ToyProgress) {
    guard isShown else { return }
    Terminal.write(
      Self.clear + "[\(progress.made)/\(progress.wanted)] toys", to: .standardError)
  }

  static func text(_ progress: ScanProgress) -> String {
    let answered = progress.finished + progress.failed
    let total = progress.evaluations.map { "/\($0)" } ?? ""
    var parts = ["\(progress.finished) done"]
    if progress.failed > 0 { parts.append("\(progress.failed) failed") }
    if progress.running > 0 { parts.append("\(progress.running) running") }
    if let misclassified = progress.misclassified {
      let goal = progress.goal.map { " (ends at \(NumberText.percent($0)))" } ?? ""
      parts.append("\(NumberText.percent(misclassified)) unsure\(goal)")
    }
    if let seconds = progress.secondsLeft { parts.append("\(NumberText.span(seconds)) left") }
    return "[\(answered)\(total)] \(progress.scan): " + parts.joined(separator: ", ")
  }

  func end() {
    if isShown { Terminal.write(Self.clear, to: .standardError) }
  }
}
