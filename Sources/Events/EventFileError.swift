// SPDX-License-Identifier: Apache-2.0
/// A file of events that can't be read, as a sentence with the file and the place.
public struct EventFileError: Error, Sendable, Hashable, CustomStringConvertible {
  public let path: String
  public let message: String
  public init(path: String, message: String) {
    self.path = path
    self.message = message
  }
  public var description: String { "\(path): \(message)" }
}
