// SPDX-License-Identifier: Apache-2.0
import Foundation

/// One comparison of the speed table.
struct SpeedRow {
  enum Goal {
    /// The other takes at least this many times as long.
    case faster(Double)
    /// We take at most this many times as long.
    case within(Double)
    case none
  }

  let measure: String, subject: String
  /// Seconds.
  let ours: Double
  /// What it is compared with, and its seconds; nil where it has none, for the reason in `note`.
  let other: String
  let seconds: Double?
  /// It would have taken longer than `seconds`.
  var isLowerBound = false
  var goal = Goal.none
  var note = ""

  static var header: String {
    column("measure", 26) + column("workspace", 24) + number("ours") + "   "
      + column("beside", 30) + number("theirs") + number("ratio") + number("goal") + "  met"
  }

  var line: String {
    let ratio = seconds.map { goal.isWithin ? ours / $0 : $0 / ours }
    return Self.column(measure, 26) + Self.column(subject, 24) + Self.number(Self.time(ours))
      + "   "
      + Self.column(other, 30) + Self.number(seconds.map { bound + Self.time($0) } ?? "–")
      + Self.number(ratio.map { bound + Self.ratio($0) } ?? "–") + Self.number(goal.text) + "  "
      + verdict(ratio) + (note.isEmpty ? "" : "  (\(note))")
  }

  private var bound: String { isLowerBound ? "> " : "" }

  private func verdict(_ ratio: Double?) -> String {
    guard let verdict = ratio.map({ goal.verdict($0) }) else { return "" }
    return isLowerBound && verdict == "NO" ? "open" : verdict
  }

  private static func column(_ text: String, _ width: Int) -> String {
    text.count >= width ? text + " " : text.padding(toLength: width, withPad: " ", startingAt: 0)
  }

  private static func number(_ text: String) -> String {
    String(repeating: " ", count: max(1, 11 - text.count)) + text
  }

  private static func ratio(_ value: Double) -> String {
    value < 100 ? String(format: "%.1f×", value) : String(format: "%.0f×", value)
  }

  static func time(_ seconds: Double) -> String {
    switch seconds {
    case ..<1e-3: String(format: "%.2f µs", seconds * 1e6)
    case ..<1: String(format: "%.2f ms", seconds * 1e3)
    default: String(format: "%.2f s", seconds)
    }
  }
}

extension SpeedRow.Goal {
  fileprivate var isWithin: Bool { if case .within = self { true } else { false } }

  fileprivate var text: String {
    switch self {
    case .faster(let factor): "≥ \(factor.formatted())×"
    case .within(let factor): "≤ \(factor.formatted())×"
    case .none: ""
    }
  }

  fileprivate func verdict(_ ratio: Double) -> String {
    switch self {
    case .faster(let factor): ratio >= factor ? "yes" : "NO"
    case .within(let factor): ratio <= factor ? "yes" : "NO"
    case .none: ""
    }
  }
}
