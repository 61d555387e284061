// SPDX-License-Identifier: Apache-2.0

/// A workspace, however well formed, that describes no model, as a sentence.
public struct InvalidModel: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, where, and what to do about it.
  public let description: String

  init(_ description: String) { self.description = description }
}
