// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference

/// Best fits beside pyhf's: the lower −2 log L wins, and it must be ours.
struct FitComparison {
  let draw: WorkspaceDraw
  let model: Model
  let peer: PeerProcess
  let analyzer: Analyzer

  /// The free fit and those at mu and 0; nil if one failed on both sides.
  func fits(mu: Double, poi: Int, _ tally: inout PeerTally) async throws -> [Double: FitResult]? {
    var fits: [Double: FitResult] = [:]
    for value in [Double.nan, mu, 0] {
      let fixing = value.isNaN ? [:] : [poi: value]
      guard let fit = try await fit(fixing: fixing, &tally) else { return nil }
      fits[value.isNaN ? .infinity : value] = fit
    }
    return fits
  }

  private func fit(fixing: [Int: Double], _ tally: inout PeerTally) async throws -> FitResult? {
    let subject = fixing.values.first.map { "the fit at mu = \($0)" } ?? "the free fit"
    let theirs = try await peer.fit(fixing: fixing)
    let ours: FitResult
    do {
      ours = try analyzer.fit(fixing: fixing)
    } catch let failure as FitFailure {
      let yields = model.expectedData(theirs.point).main
      // −2 log L falls without end where a bin without data expects less and less.
      if yields.contains(where: { $0 < 0 }) || !theirs.twiceNLL.isFinite {
        tally.refuse("fits that lead to negative yields")
      } else {
        tally.disagree("\(draw): \(failure); pyhf comes to \(theirs.twiceNLL)")
      }
      return nil
    }
    tally.count("fits")
    let value = try await peer.twiceNLL(at: [ours.bestFit])[0]
    if !(abs(value - ours.twiceNLL) <= PeerRules.value * max(1, abs(value))) {
      tally.disagree("\(draw): \(subject) has \(ours.twiceNLL), in pyhf \(value)")
    }
    try await check(ours, theirs, fixing, subject, &tally)
    return ours
  }

  /// Neither pyhf's own fit nor one that starts where ours ended may go below ours.
  private func check(
    _ ours: FitResult, _ theirs: PeerFit, _ fixing: [Int: Double], _ subject: String,
    _ tally: inout PeerTally
  ) async throws {
    tally.excess(theirs.twiceNLL - ours.twiceNLL)
    var lowest = theirs
    let polished = try await peer.fit(fixing: fixing, start: ours.bestFit)
    if polished.twiceNLL < lowest.twiceNLL { lowest = polished }
    guard lowest.twiceNLL < ours.twiceNLL - PeerRules.fit else { return }
    let again = try Analyzer(model, options: .thorough).fit(fixing: fixing)
    if again.twiceNLL < lowest.twiceNLL + PeerRules.fit {
      tally.missMinimum()
    } else if model.expectedData(lowest.point).main.contains(where: { $0 < 0 }) {
      tally.refuse("fits that lead to negative yields")
    } else {
      tally.disagree(
        "\(draw): \(subject) ends at \(ours.twiceNLL), pyhf's at \(lowest.twiceNLL), "
          + "\(lowest.point)")
    }
  }
}

extension FitOptions {
  /// Twenty starts.
  static let thorough: FitOptions = {
    var options = FitOptions()
    options.starts = 20
    return options
  }()
}
