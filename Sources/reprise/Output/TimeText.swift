// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Times in UTC: "2026-11-24 08:12:10".
enum TimeText {
  static func of(_ date: Date?) -> String {
    guard let date else { return "-" }
    var time = time_t(date.timeIntervalSince1970)
    var parts = tm()
    gmtime_r(&time, &parts)
    return String(
      format: "%04d-%02d-%02d %02d:%02d:%02d", parts.tm_year + 1900, parts.tm_mon + 1,
      parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec)
  }
}
