// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sampling

/// What a contour costs in evaluations: medians over seeds, printed as a table.
struct SamplingBenchmark: Sendable {
  let seeds: [UInt64]

  /// - Parameter arguments: cases to run, all without any; --seeds COUNT; --first-seed NUMBER.
  static func run(_ arguments: [String]) async throws {
    var rest = arguments[...]
    var (names, count, first): ([String], UInt64, UInt64) = ([], 20, 0)
    while let argument = rest.popFirst() {
      switch argument {
      case "--seeds": count = rest.popFirst().flatMap { UInt64($0) } ?? count
      case "--first-seed": first = rest.popFirst().flatMap { UInt64($0) } ?? first
      default: names.append(argument)
      }
    }
    let benchmark = SamplingBenchmark(seeds: Array(first..<first + count))
    for (name, measure) in benchmark.cases where names.isEmpty || names.contains(name) {
      let start = ContinuousClock.now
      try await measure()
      print("  \(name): \(ContinuousClock.now - start), seeds \(first)..<\(first + count)")
    }
  }

  private typealias Measure = () async throws -> Void

  private var cases: [(String, Measure)] {
    [
      ("plane", { try await sequential(.massPlane, budget: 36) }),
      ("fast", { try await sequential(.fast, budget: 42) }),
      ("peers", { try await peers() }),
      ("batches", { try await batches() }),
      ("failures", { try await failures() }),
      ("contours", { try await fourContours() }),
      ("stop", { try await stopRule() }),
      ("three", { try await gradients(.three, 40) }),
      ("four", { try await gradients(.four, 45) }),
      ("pool", { try await pool() }),
      ("time", { try proposalTime() }),
    ]
  }

  /// One value for each seed, several at once.
  func each<Value: Sendable>(
    _ work: @escaping @Sendable (UInt64) throws -> Value
  ) async throws -> [Value] {
    try await withThrowingTaskGroup(of: (Int, Value).self) { group in
      for (index, seed) in seeds.enumerated() { group.addTask { (index, try work(seed)) } }
      var values: [(Int, Value)] = []
      for try await value in group { values.append(value) }
      return values.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  static func line(_ name: String, _ values: String) {
    print(name.padding(toLength: 44, withPad: " ", startingAt: 0) + values)
    // Lines appear when they are known, in a file too.
    fflush(nil)
  }
}
