// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Names of files that are being written: `PID-START-RANDOM`.
///
/// The time the process started tells it from a later process with the same number, which is the
/// rule in containers, where an engine has the same small number every time.
enum TemporaryName {
  static func make() -> String {
    let process = getpid()
    let random = String(UInt64.random(in: .min ... .max), radix: 16)
    return "\(process)-\(startTime(of: process) ?? 0)-\(random)"
  }

  /// Whether the process that made the name is still there.
  static func isInUse(_ name: String) -> Bool {
    let parts = name.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, let process = pid_t(parts[0]), let start = UInt64(parts[1]) else {
      return false
    }
    return startTime(of: process) == start
  }

  /// Clock ticks between the boot of the machine and the start of a process, field 22 of
  /// `/proc/PID/stat` (proc(5)); nil when there is no such process.
  private static func startTime(of process: pid_t) -> UInt64? {
    guard let bytes = FileManager.default.contents(atPath: "/proc/\(process)/stat") else {
      return nil
    }
    // Field 2 is the program's name in parentheses and may hold spaces and parentheses itself.
    let text = String(decoding: bytes, as: UTF8.self)
    guard let name = text.lastIndex(of: ")") else { return nil }
    let fields = text[name...].split(separator: " ")
    return fields.count > 20 ? UInt64(fields[20]) : nil
  }
}
