// SPDX-License-Identifier: Apache-2.0
import Scheduling

/// Where a reinterpretation is, told as it goes.
public struct RunProgress: Sendable, Hashable {
  /// The signal's name.
  public let signal: String
  /// Number of this signal, from 1, and of all signals.
  public let signalNumber: Int, signalCount: Int
  /// Steps that are done, and of all.
  public let finishedSteps: Int, stepCount: Int
  /// Steps being executed now, sorted.
  public let running: [String]
}

/// Collects what the scheduler tells of one run. Not Sendable by itself: kept behind a lock.
struct RunJournal {
  enum Outcome {
    case started(reason: String)
    case executed(reason: String, seconds: Double)
    case cached
    case failed(message: String)
  }

  private(set) var outcomes: [String: Outcome] = [:]

  mutating func note(_ event: RunEvent) {
    switch event {
    case .started(let step, let reason): outcomes[step] = .started(reason: reason)
    case .cached(let step): outcomes[step] = .cached
    case .failed(let step, let message): outcomes[step] = .failed(message: message)
    case .succeeded(let step, let seconds):
      var known = ""
      if case .started(let reason) = outcomes[step] { known = reason }
      outcomes[step] = .executed(reason: known, seconds: seconds)
    }
  }

  var running: [String] {
    outcomes.compactMap { step, outcome in
      if case .started = outcome { step } else { nil }
    }.sorted()
  }

  var finishedCount: Int { outcomes.count - running.count }
}
