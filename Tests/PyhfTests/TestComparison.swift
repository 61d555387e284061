// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference

/// CLs, test statistics and limits beside pyhf's.
struct TestComparison {
  let draw: WorkspaceDraw
  let model: Model
  let peer: PeerProcess
  let analyzer: Analyzer
  /// The same from twenty starts; it makes the free fit once.
  let thorough: Analyzer
  let poi: Int
  /// Free (at infinity), at mu and at 0.
  let fits: [Double: FitResult]

  /// pyhf's names of the fits that a test is made of, and their keys in `fits`.
  private var fitNames: [(name: String, mu: Double)] {
    [("free", .infinity), ("fixed", draw.mu), ("background", 0)]
  }

  /// CLs of mu, with q or q̃.
  ///
  /// What pyhf's own fits give is a reference as far as these fits are as good as ours.
  func hypothesisTest(_ statistic: TestStatistic, _ tally: inout PeerTally) async throws {
    let mu = draw.mu
    let ours = try analyzer.hypothesisTest(mu: mu, testStatistic: statistic)
    try await arithmetic(ours, &tally)
    let theirs = try await peer.ask(
      "hypotest", ["mu": .number(mu), "statistic": .text(statistic.rawValue)])
    tally.count("tests")
    let values = [ours.observedCLs, ours.observedCLsb, ours.observedCLb] + ours.expectedCLs.values
    let references =
      try [theirs.value("observed")] + theirs.values("tails") + theirs.values("expected")
    let isClose = zip(values, references).allSatisfy {
      $1.isNaN || abs($0 - $1) < PeerRules.probability
    }
    guard !isClose else { return }
    if try await isExcused(theirs.member("fits")) {
      tally.refuse("tests of pyhf from worse fits")
    } else if try await isMissed(theirs.member("fits")) {
      tally.missMinimum()
    } else {
      tally.disagree("\(draw): \(statistic) at \(mu) gives \(values), in pyhf \(references)")
    }
  }

  /// Whether one of the fits that pyhf made for a test lies above ours.
  private func isExcused(_ theirs: JSONNode) async throws -> Bool {
    for (name, mu) in fitNames {
      let ours = fits[mu]?.twiceNLL ?? .nan
      if try theirs.value(name) > ours + PeerRules.worse { return true }
    }
    // The Asimov data are ours then, too, and their free fit is the one they were made at.
    guard let background = fits[0]?.bestFit else { return false }
    let data = model.expectedData(background)
    let asimov = try Analyzer(model, data: data)
    let fixed = try asimov.fit(fixing: [poi: draw.mu]).twiceNLL
    let free = try await peer.twiceNLL(at: [background], data: data)[0]
    return try theirs.value("asimovFixed") > fixed + PeerRules.worse
      || theirs.value("asimovFree") > free + PeerRules.worse
  }

  /// Whether one of the fits that pyhf made for a test lies below ours from one start, but not below
  /// ours from twenty.
  private func isMissed(_ theirs: JSONNode) async throws -> Bool {
    for (name, mu) in fitNames {
      let again = try thorough.fit(fixing: mu.isFinite ? [poi: mu] : [:]).twiceNLL
      let ours = fits[mu]?.twiceNLL ?? .nan
      if again < ours - PeerRules.fit, again < (try theirs.value(name)) + PeerRules.fit {
        return true
      }
    }
    return false
  }

  /// The same q from pyhf's likelihood at our fits, and the same CLs from pyhf's formulae.
  ///
  /// The fits are made again from twenty starts; where these find something else, the likelihood has
  /// several minima.
  func arithmetic(_ ours: HypothesisTest, _ tally: inout PeerTally) async throws {
    tally.count("tests by formula")
    let free = try thorough.fit(), fixed = try thorough.fit(fixing: [poi: ours.mu])
    let values = try await peer.twiceNLL(at: [fixed.bestFit, free.bestFit])
    let q = free.bestFit[poi] > ours.mu ? 0 : max(0, values[0] - values[1])
    // With the bound lifted the free fit is another one.
    let isBounded = free.bestFit[poi] < model.bounds[poi].upperBound
    if isBounded, !isSame(q, ours.q) { tally.missMinimum() }

    let background = try analyzer.fit(fixing: [poi: 0]).bestFit
    let data = model.expectedData(background)
    let asimov = try Analyzer(model, data: data, options: .thorough).fit(fixing: [poi: ours.mu])
    let rises = try await peer.twiceNLL(at: [asimov.bestFit, background], data: data)
    let qAsimov = max(0, rises[0] - rises[1])
    if model.bounds[poi].lowerBound <= 0, !isSame(qAsimov, ours.qAsimov) { tally.missMinimum() }
    try await formulae(ours, &tally)
  }

  private func isSame(_ q: Double, _ other: Double) -> Bool {
    abs(q - other) < 1e-6 * max(1, abs(q))
  }

  private func formulae(_ ours: HypothesisTest, _ tally: inout PeerTally) async throws {
    guard ours.qAsimov > 0 else { return }
    let answer = try await peer.ask(
      "asymptotics",
      [
        "q": .number(ours.q), "qAsimov": .number(ours.qAsimov),
        "statistic": .text(ours.testStatistic.rawValue),
      ])
    let references = try answer.values("tails") + answer.values("expected")
    let values = [ours.observedCLsb, ours.observedCLb, ours.observedCLs] + ours.expectedCLs.values
    // pyhf divides 0 by 0 where both tails underflow.
    for (value, reference) in zip(values, references)
    where !reference.isNaN && !(abs(value - reference) < 1e-9 + 1e-7 * reference) {
      tally.disagree(
        "\(draw): \(ours.testStatistic) = \(ours.q) and \(ours.qAsimov) give \(values), in pyhf "
          + "\(references)")
      return
    }
  }

  /// q0, qμ, q̃μ, tμ and t̃μ.
  func statistics(_ tally: inout PeerTally) async throws {
    let free = fits[.infinity]?.twiceNLL ?? .nan
    for statistic in ProfileStatistic.allCases {
      tally.count("statistics")
      let mu = statistic == .q0 ? 0 : draw.mu
      let ours = try analyzer.statistic(statistic, mu: mu)
      let theirs = try await peer.ask(
        "statistic", ["mu": .number(mu), "statistic": .text(statistic.rawValue)])
      let fixed = fits[mu]?.twiceNLL ?? .nan
      let excess = try max(0, theirs.value("free") - free) + max(0, theirs.value("fixed") - fixed)
      let value = try theirs.value("value")
      if abs(ours - value) < 1e-6 + 2 * excess { continue }
      // Which side of mu the best fit lies on decides between 0 and more.
      let again = try thorough.statistic(statistic, mu: mu)
      if excess > PeerRules.worse {
        tally.refuse("statistics of pyhf from worse fits")
      } else if abs(again - value) < 1e-6 + 2 * excess {
        tally.missMinimum()
      } else {
        tally.disagree("\(draw): \(statistic) at \(mu) is \(ours), in pyhf \(value)")
      }
    }
  }
}
