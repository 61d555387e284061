// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Histograms

/// Events a second of two selections, beside a C++ loop and Python's arrays on the same numbers.
///
/// Every row is the best of some repeats, in processor time, with the columns in memory.
enum SelectionBenchmark {
  static func run(_ arguments: [String]) async throws {
    let python = arguments.firstIndex(of: "--python").flatMap {
      arguments.indices.contains($0 + 1) ? arguments[$0 + 1] : nil
    }
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "selection-benchmark-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // Only scratch is lost with it.
    let peers = try SelectionPeers(folder: folder, python: python)
    for workload in [SelectionWorkload.flat(), .jagged()] {
      try workload.write(to: folder)
      let native = try await measure(workload)
      print("\(workload.name): \(workload.entryCount) events, \(workload.note)")
      print(native.line("this program", beside: native))
      print(String(format: "  on two tasks, on the wall          %8.1f ms", native.wall * 1000))
      for peer in try peers.rows(of: workload) { print(peer.line(peer.name, beside: native)) }
    }
  }

  /// What a program said.
  struct Row {
    var name = ""
    /// Seconds of processor time.
    var seconds: Double
    /// Sum of weights of the selected events, to see that all do the same.
    var sumW: Double
    /// Seconds on the wall by two tasks.
    var wall = 0.0

    func line(_ name: String, beside native: Row) -> String {
      name.padding(toLength: 34, withPad: " ", startingAt: 0)
        + String(
          format: "  %8.1f ms  %6.2f times ours  Σw %.6f", seconds * 1000,
          seconds / native.seconds, sumW)
    }
  }

  private static func measure(_ workload: SelectionWorkload) async throws -> Row {
    let program = try SelectionProgram(workload.specification, columns: workload.columns)
    var best = Row(seconds: .infinity, sumW: 0, wall: .infinity)
    for _ in 0..<9 {
      let start = processorSeconds()
      let result = try program.run(over: [workload.reader])
      best.seconds = min(best.seconds, processorSeconds() - start)
      best.sumW = result.regions.last?.nominal.sumW ?? .nan
      let clock = ContinuousClock.now
      let wide = try await program.run(over: [workload.reader], width: 2)
      best.wall = min(best.wall, (ContinuousClock.now - clock) / .seconds(1))
      if wide != result { print("  two tasks have another result than one") }
    }
    return best
  }

  private static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
  }
}
