// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What `/proc` tells about this machine and its processes (proc(5)).
enum ProcessTable {
  static let hostName = line("/proc/sys/kernel/hostname") ?? "localhost"
  static let bootID = line("/proc/sys/kernel/random/boot_id")

  static let namespace: String = {
    do {
      let link = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
      return link.replacingOccurrences(of: "/", with: "")
    } catch {
      // A kernel without namespaces has only one.
      return "one"
    }
  }()

  /// Clock ticks from boot to the start of a living process; nil when there is none of that number.
  static func startTime(of process: Int32) -> UInt64? {
    guard let text = line("/proc/\(process)/stat") else { return nil }
    // The second field is the program's name in parentheses and may itself hold any character.
    guard let end = text.lastIndex(of: ")") else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    // Fields 3 (state) and 22 (start time). Zombies only wait to be reaped: they run no more.
    guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
    return UInt64(fields[19])
  }

  private static func line(_ path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    let text = String(decoding: data, as: UTF8.self)
    return text.split(separator: "\n").first.map(String.init)
  }
}
