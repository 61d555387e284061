// SPDX-License-Identifier: Apache-2.0

/// A fit that ended nowhere, as a sentence.
public struct FitFailure: Error, Sendable, CustomStringConvertible {
  /// What is wrong, for people.
  public let description: String
}
