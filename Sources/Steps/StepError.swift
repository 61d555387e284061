// SPDX-License-Identifier: Apache-2.0

/// Why a step can't do its work, as a sentence.
public struct StepError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String
  /// An error from its sentence.
  public init(_ description: String) { self.description = description }
}
