// SPDX-License-Identifier: Apache-2.0

/// Why a signal family has no signal at a point, as a sentence.
public struct RefusedPoint: Error, Sendable, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String
  /// A refusal for a reason.
  public init(_ description: String) { self.description = description }
}
