// SPDX-License-Identifier: Apache-2.0

/// A question that a model can't be asked, as a sentence.
public struct InvalidHypothesis: Error, Sendable, CustomStringConvertible {
  public let description: String
}
