// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation

/// One line on a terminal's standard error that is written over as work goes on; silent in a pipe.
struct ProgressLine: Sendable {
  private let isShown = Terminal.hasProgress
  private static let clear = "\r\u{1B}[K"

  func show(_ progress: RunProgress) {
    let signals =
      progress.signalCount > 1 ? " (\(progress.signalNumber) of \(progress.signalCount))" : ""
    let running = progress.running.isEmpty ? "" : ": " + progress.running.joined(separator: ", ")
    show(
      "[\(progress.finishedSteps)/\(progress.stepCount)] \(progress.signal)\(signals)\(running)")
  }

  /// "[17/60] squark-plane: 16 done, 1 failed, 2 running, 1.3 % unsure (ends at 1 %), 2 min left".
  func show(_ progress: ScanProgress) { show(Self.text(progress)) }

  /// "[1200/10000] toys".
  func show(_ progress: ToyProgress) { show("[\(progress.made)/\(progress.wanted)] toys") }

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

  func end() { show("") }

  private func show(_ text: String) {
    if isShown { Terminal.write(Self.clear + text, to: .standardError) }
  }
}
