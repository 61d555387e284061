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

  func end() {
    if isShown { Terminal.write(Self.clear, to: .standardError) }
  }
}
