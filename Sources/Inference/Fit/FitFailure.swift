// SPDX-License-Identifier: Apache-2.0

/// A fit that ended nowhere, as a sentence.
public struct FitFailure: Error, Sendable, CustomStringConvertible {
  public let description: String
}
