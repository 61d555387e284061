// SPDX-License-Identifier: Apache-2.0

/// A sentence that names what can't be drawn, why, and the cure.
public struct FigureError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and what to do, for people.
  public let description: String

  package init(_ description: String) { self.description = description }
}
