// SPDX-License-Identifier: Apache-2.0

/// A question that a model can't be asked, as a sentence.
public struct InvalidHypothesis: Error, Sendable, CustomStringConvertible {
  /// What is wrong, for people.
  public let description: String
}
