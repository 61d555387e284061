// SPDX-License-Identifier: Apache-2.0

/// Why something could not be done: a sentence for people, and whose matter it is.
///
/// Every public function of this module throws nothing else, so a front end decides its
/// exit code or HTTP status from ``kind`` alone.
public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
  /// Whose matter a failure is.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The request, a specification or a file was refused; nothing was changed.
    case refused
    /// What was asked for was sound, but carrying it out did not succeed.
    case failed
    /// Something inside Reprise went wrong that no input should bring about.
    case unexpected
  }

  /// Whose matter it is.
  public let kind: Kind
  /// One sentence or several lines of them, each naming the thing, the place and the cure.
  public let description: String

  /// A failure with its sentence.
  public init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }

  static func refused(_ sentence: String) -> Failure { Failure(.refused, sentence) }
  static func failed(_ sentence: String) -> Failure { Failure(.failed, sentence) }
}
