// SPDX-License-Identifier: Apache-2.0

/// Toys made so far: may be stored, resumed and merged with others of the same plan.
public struct ToyTally: Sendable, Hashable {
  /// What they are made for.
  public let plan: ToyPlan
  /// The test statistic of the data.
  public let observed: Double
  /// Toys of the tested signal strength.
  public internal(set) var tested = ToySample()
  /// Toys of the alternative: no signal, for `q0` a signal.
  public internal(set) var alternative = ToySample()

  package init(plan: ToyPlan, observed: Double) {
    self.plan = plan
    self.observed = observed
  }

  /// Adds the toys of another tally.
  ///
  /// - Throws: `InvalidHypothesis` if the plans differ, the test statistics of the data do, or both
  ///   have a toy of the same number: that is one toy, not two.
  public mutating func merge(_ other: ToyTally) throws(InvalidHypothesis) {
    try check(other.plan, other.observed)
    for (mine, others, hypothesis) in [
      (tested, other.tested, "the tested signal strength"),
      (alternative, other.alternative, "the alternative"),
    ] {
      guard let shared = mine.firstNumber(sharedWith: others) else { continue }
      throw InvalidHypothesis(
        description: "both have toy \(shared) of \(hypothesis): the same number and seed are the "
          + "same toy, which must not count twice; give each job a range of numbers of its own")
    }
    tested.add(other.tested)
    alternative.add(other.alternative)
  }

  /// Refuses toys made for something else.
  func check(_ plan: ToyPlan, _ observed: Double) throws(InvalidHypothesis) {
    if let difference = plan.difference(from: self.plan) {
      throw InvalidHypothesis(
        description: "toys made for different questions can't be put together: in those made so "
          + "far \(difference); start anew, or ask what they were made for")
    }
    guard abs(observed - self.observed) <= 1e-4 * max(1, observed) else {
      throw InvalidHypothesis(
        description: "toys of different fits can't be put together: the data's test statistic is "
          + "\(self.observed) in those made so far, and \(observed); use the same starting points")
    }
  }
}
