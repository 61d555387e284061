// SPDX-License-Identifier: Apache-2.0
import Inference
import Synchronization
import Testing

@Suite struct ConcurrentMapTests {
  /// Scratch of one task: not Sendable, so that no two may use it.
  private final class Scratch {
    var uses = 0
  }

  @Test("Values are in order for any number of tasks", arguments: [1, 2, 3, 7, 50], [0, 1, 20])
  func order(width: Int, count: Int) async throws {
    let values = try await concurrentMap(
      count: count, width: width, makeWorker: { Scratch() },
      transform: { scratch, index -> [Int] in
        scratch.uses += 1
        return [index, scratch.uses]
      })
    #expect(values.map { $0[0] } == Array(0..<count))
    // A task does every width-th value, so its scratch has been used once for each before.
    #expect(values.map { $0[1] } == (0..<count).map { $0 / min(width, count) + 1 })
  }

  @Test("What a value or a worker throws is thrown, and no value is made up for it")
  func errors() async throws {
    struct Broken: Error, Equatable { let index: Int }
    await #expect(throws: Broken(index: 5)) {
      try await concurrentMap(count: 9, width: 3, makeWorker: {}) { _, index in
        if index == 5 { throw Broken(index: index) }
      }
    }
    await #expect(throws: Broken(index: -1)) {
      try await concurrentMap(
        count: 9, width: 3, makeWorker: { throw Broken(index: -1) }, transform: { $1 })
    }
  }

  @Test("A cancelled map throws; the partial one has what was made")
  func cancellation() async throws {
    let made = Mutex(0)
    let whole = Task {
      try await concurrentMap(count: 1000, width: 2, makeWorker: {}) { _, index in
        while !Task.isCancelled {}
        return index
      }
    }
    whole.cancel()
    await #expect(throws: CancellationError.self) { try await whole.value }
    let partial = Task {
      try await concurrentPartialMap(count: 1000, width: 2, makeWorker: {}) { _, index in
        made.withLock { $0 += 1 }
        while !Task.isCancelled {}
        return index
      }
    }
    partial.cancel()
    let values = try await partial.value
    #expect(values.count == 1000 && values.count { $0 != nil } == made.withLock { $0 })
    #expect(values.enumerated().allSatisfy { $1 == nil || $1 == $0 })
  }
}
