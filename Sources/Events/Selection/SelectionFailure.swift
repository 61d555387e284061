// SPDX-License-Identifier: Apache-2.0

/// Events a selection can't be applied to, as a sentence with the file's and the event's number.
public struct SelectionFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// 0-based position of the reader among those given to `run`.
  public let reader: Int
  /// 0-based number of the event in that reader, if one event is to blame.
  public let event: Int?
  /// What is wrong and what helps.
  public let message: String

  /// The sentence: `event 17 of file 1: …`, both counted as here, from 0 and from 1.
  public var description: String {
    "\(event.map { "event \($0) of " } ?? "")file \(reader + 1): \(message)"
  }
}
