// SPDX-License-Identifier: Apache-2.0

/// A sentence that names what can't be sampled, why, and the cure.
public struct SamplingError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String

  package init(_ description: String) { self.description = description }
}
