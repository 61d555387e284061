// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference

/// Upper limits beside pyhf's: by its likelihood and formulae for every draw, by its own search for
/// some.
struct LimitComparison {
  let test: TestComparison
  var draw: WorkspaceDraw { test.draw }

  func limits(_ statistic: TestStatistic, _ tally: inout PeerTally) async throws {
    let limit: UpperLimit
    do {
      limit = try test.analyzer.upperLimit(testStatistic: statistic)
    } catch let problem as InvalidHypothesis {
      // A signal without yields is never excluded; a negative background may be undefined.
      tally.refuse("limits: " + problem.description.prefix(40) + "…")
      return
    } catch is FitFailure {
      tally.refuse("limits: a fit far away doesn't converge")
      return
    }
    tally.count("limits")
    for (mu, index) in [(limit.observed, 0), (limit.expected.median, 3), (limit.expected.plus2, 5)]
    {
      let ours = try test.analyzer.hypothesisTest(mu: mu, testStatistic: statistic)
      let cls = ([ours.observedCLs] + ours.expectedCLs.values)[index]
      if abs(cls - 0.05) > 1e-6 {
        // CLs jumps where a fit goes from one minimum to another.
        tally.missMinimum()
        return
      }
      try await test.arithmetic(ours, &tally)
    }
  }

  /// pyhf's root finder, many fits long.
  func search(_ statistic: TestStatistic, _ tally: inout PeerTally) async throws {
    guard let limit = try? test.analyzer.upperLimit(testStatistic: statistic) else { return }
    let highest = max(limit.observed, limit.expected.plus2)
    guard highest < test.model.bounds[test.poi].upperBound / 1.5 else { return }
    let theirs: JSONNode
    do {
      theirs = try await test.peer.ask(
        "limit", ["upper": .number(1.5 * highest), "statistic": .text(statistic.rawValue)])
    } catch {
      tally.refuse("limits that pyhf doesn't find")
      return
    }
    tally.count("limits by pyhf's search")
    let values = [limit.observed] + limit.expected.values
    let references = try [theirs.value("observed")] + theirs.values("expected")
    for (value, reference) in zip(values, references)
    where !(abs(value / reference - 1) < PeerRules.probability) {
      // One fit gone astray moves a root: then CLs by pyhf at our limits decides, see `limits`.
      tally.refuse("limits of pyhf elsewhere")
      return
    }
  }
}
