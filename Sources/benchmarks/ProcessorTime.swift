// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Seconds of processor time: what others do on the machine disturbs them little.
enum ProcessorTime {
  /// Of this thread.
  static var thread: Double { seconds(CLOCK_THREAD_CPUTIME_ID) }
  /// Of all threads of this process.
  static var process: Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

  /// Of all child processes that have ended.
  static var children: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
    return [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + 1e-6 * Double($1.tv_usec)
    }
  }

  /// Of each thread of this process (Linux).
  static var threads: [String: Double] {
    let folder = "/proc/self/task"
    // Where there is no such folder, and for threads that have just ended, nothing is known.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var times: [String: Double] = [:]
    for name in names {
      let text = try? String(contentsOfFile: "\(folder)/\(name)/schedstat", encoding: .utf8)
      times[name] = text?.split(separator: " ").first.flatMap { Double($0) }.map { $0 * 1e-9 }
    }
    return times
  }

  /// The least of many runs of some calls each, for one call: what disturbs only adds.
  static func least(
    of runs: Int, calls: Int = 1, _ work: () throws -> Void
  ) rethrows -> Double {
    var least = Double.infinity
    for _ in 0..<runs {
      let start = thread
      for _ in 0..<calls { try work() }
      least = min(least, (thread - start) / Double(calls))
    }
    return least
  }

  /// The median of a few runs.
  static func median(of runs: Int, _ work: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<runs {
      let start = thread
      try work()
      times.append(thread - start)
    }
    return times.sorted()[runs / 2]
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}
