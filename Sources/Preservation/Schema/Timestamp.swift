// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Times as the registry writes them: UTC with milliseconds, so that text order is time order.
enum Timestamp {
  private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

  static func text(_ date: Date = Date()) -> String { date.formatted(style) }

  static func date(_ text: String) throws -> Date {
    do {
      return try Date(text, strategy: style)
    } catch {
      throw RegistryError(.corrupt, "'\(text)' is not a time like 2026-01-31T12:00:00.000Z")
    }
  }
}
