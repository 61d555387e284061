// SPDX-License-Identifier: Apache-2.0
import Foundation

/// JSON as every command prints it: keys sorted, two spaces, numbers that read back to the same bits.
enum JSONText {
  static func of(_ record: some Encodable) throws -> String {
    try text(of: record, .prettyPrinted)
  }

  /// The same on one line.
  static func line(of record: some Encodable) throws -> String { try text(of: record, []) }

  private static func text(
    of record: some Encodable, _ layout: JSONEncoder.OutputFormatting
  ) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = layout.union([.sortedKeys, .withoutEscapingSlashes])
    encoder.dateEncodingStrategy = .iso8601
    return String(decoding: try encoder.encode(record), as: UTF8.self)
  }
}
