// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Reinterpretation

/// The process's end: 0 done, 1 a run failed, 64 bad usage or specification, 70 our fault.
enum Exit {
  static func code(for kind: Failure.Kind) -> Int32 {
    switch kind {
    case .refused: 64
    case .failed: 1
    case .unexpected: 70
    }
  }

  static func end(with error: any Error) -> Never {
    if let failure = error as? Failure {
      say(failure)
      Foundation.exit(code(for: failure.kind))
    }
    if error is CancellationError {
      Terminal.complain("Cancelled. The same command continues where this one stopped.")
      Foundation.exit(code(for: .failed))
    }
    // What ArgumentParser doesn't know is neither usage nor help: it is ours.
    if Reprise.exitCode(for: error) == .failure, !(error is ExitCode) {
      say(Failure(.unexpected, "\(error)"))
      Foundation.exit(code(for: .unexpected))
    }
    Reprise.exit(withError: error)
  }

  private static func say(_ failure: Failure) {
    Terminal.complain(failure.description)
    if failure.kind == .unexpected {
      Terminal.complain("This is a fault of reprise, not of your input; please report it.")
    }
  }
}
