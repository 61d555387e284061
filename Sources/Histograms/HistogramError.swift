// SPDX-License-Identifier: Apache-2.0

/// An axis or a histogram that can't be made or filled, as a sentence.
public struct HistogramError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The sentence: the thing, what is wrong with it, the cure.
  public let message: String
  init(_ message: String) { self.message = message }
  /// The sentence.
  public var description: String { message }
}
