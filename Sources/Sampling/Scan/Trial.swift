// SPDX-License-Identifier: Apache-2.0

/// A point that the sampler asks for.
public struct Proposal: Hashable, Sendable, Codable {
  /// From zero, without gaps, in the order of asking.
  public let number: Int
  /// In the unit cube.
  public let position: [Double]
  /// The acquisition's value; nil for a point of a design.
  public let acquisition: Double?
  /// Of the surrogate of each target; empty for a point of a design.
  public let hyperparameters: [[Double]]

  /// A proposal from its parts.
  public init(
    number: Int, position: [Double], acquisition: Double? = nil,
    hyperparameters: [[Double]] = []
  ) {
    (self.number, self.position) = (number, position)
    (self.acquisition, self.hyperparameters) = (acquisition, hyperparameters)
  }
}

/// One entry of a scan's log: a proposal and what became of it.
public struct Trial: Hashable, Sendable, Codable {
  /// The outputs of an evaluation at the proposal's position, in the order of the scan.
  public enum Outcome: Hashable, Sendable, Codable {
    /// Asked for, not yet answered.
    case pending
    /// Evaluated without a result.
    case failed
    /// Evaluated.
    case finished([Observation])
  }

  /// What was asked for.
  public let proposal: Proposal
  /// What became of it.
  public let outcome: Outcome

  /// An entry from its parts.
  public init(_ proposal: Proposal, _ outcome: Outcome) {
    (self.proposal, self.outcome) = (proposal, outcome)
  }
}
