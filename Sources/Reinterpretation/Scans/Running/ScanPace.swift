// SPDX-License-Identifier: Apache-2.0

/// How fast a scan has been since it was started or resumed.
struct ScanPace {
  private let start = ContinuousClock.now
  private let before: Int

  /// - Parameter answered: points that had been answered earlier.
  init(answered: Int) { before = answered }

  /// Since the start.
  var seconds: Double { (ContinuousClock.now - start).seconds }

  /// Until all evaluations are spent, or the time is; nil before the first answer.
  func secondsLeft(answered: Int, of evaluations: Int, wallTime: Double?) -> Double? {
    let seconds = seconds
    let byTime = wallTime.map { max(0, $0 - seconds) }
    guard answered > before else { return byTime }
    let byCount = seconds / Double(answered - before) * Double(max(0, evaluations - answered))
    return min(byCount, byTime ?? .infinity)
  }
}
