// SPDX-License-Identifier: Apache-2.0
import Subprocess
import Workflow

/// What was seen of a program so far.
struct ProgramOutcome: Sendable {
  enum Part: Sendable, Equatable {
    case output(String)
    case error(String)
    case timeLimit
  }

  private var output: String?
  private var error: String?
  private var timedOut = false

  /// Both outputs have ended, which they do at the latest when the group was killed.
  var isComplete: Bool { output != nil && error != nil }

  mutating func add(_ part: Part) {
    switch part {
    case .output(let text): output = text
    case .error(let text): error = text
    case .timeLimit: timedOut = true
    }
  }

  func result(ending status: TerminationStatus) -> ProgramResult {
    var exitCode: Int32?
    var signal: Int32?
    switch status {
    case .exited(let code): exitCode = code
    case .signaled(let number): signal = number
    }
    return ProgramResult(
      exitCode: exitCode, signal: signal, timedOut: timedOut, standardOutput: output ?? "",
      standardError: error ?? "")
  }
}
