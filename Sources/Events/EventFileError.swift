// SPDX-License-Identifier: Apache-2.0

/// A file of events that can't be read, as a sentence with the file and the place.
public struct EventFileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file as it was named.
  public let path: String
  /// The place in it, and what is wrong there.
  public let message: String

  /// An error of a file.
  public init(path: String, message: String) {
    self.path = path
    self.message = message
  }

  /// "events.root: tree 'Events' has no branch 'MET'".
  public var description: String { "\(path): \(message)" }
}
