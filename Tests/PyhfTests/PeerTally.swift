// SPDX-License-Identifier: Apache-2.0

/// What a run of comparisons found: disagreements fail the test, the rest is told at its end.
struct PeerTally: CustomStringConvertible {
  /// Sentences, each with the seed that shows it again.
  private(set) var disagreements: [String] = []
  /// How often each comparison was made.
  private(set) var comparisons: [String: Int] = [:]
  /// Fits of pyhf that ended above ours by more than 1e-5, and the largest distance.
  private(set) var worseFits = 0, largestExcess = 0.0
  /// Fits of ours from one start that weren't the best of twenty: a likelihood with several minima.
  private(set) var missedMinima = 0
  /// What both refuse, or only pyhf, by reason.
  private(set) var refusals: [String: Int] = [:]

  mutating func count(_ comparison: String) { comparisons[comparison, default: 0] += 1 }
  mutating func refuse(_ reason: String) { refusals[reason, default: 0] += 1 }
  mutating func disagree(_ sentence: String) { disagreements.append(sentence) }

  mutating func missMinimum() { missedMinima += 1 }

  mutating func excess(_ excess: Double) {
    guard excess > PeerRules.worse else { return }
    worseFits += 1
    largestExcess = max(largestExcess, excess)
  }

  var description: String {
    func list(_ counts: [String: Int]) -> String {
      counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }
    var text = "compared: \(list(comparisons)); "
    text += "pyhf's fit above ours \(worseFits) times (by \(largestExcess) at most), "
    text += "ours from one start above ours from twenty \(missedMinima) times"
    if !refusals.isEmpty { text += "; refused: \(list(refusals))" }
    return text
  }
}

/// How near two programs must come.
enum PeerRules {
  /// Of −2 log L at one point, relative to its size: rounding of sums.
  static let value = 1e-10
  /// Our best fit may not lie above pyhf's by more than this, in −2 log L. Where one start does,
  /// twenty must not, and one start may in 5 % of the cases at most.
  static let fit = 1e-6
  /// From here on a fit of pyhf's counts as worse than ours, and excuses what was made of it.
  static let worse = 1e-5
  /// Of CLs and tail probabilities.
  static let probability = 1e-3
  /// Of pyhf's gradient by differences of fourth order, relative to the largest component.
  static let gradient = 2e-7
}
