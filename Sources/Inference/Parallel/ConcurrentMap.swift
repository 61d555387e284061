// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Makes values of 0..<count by several tasks at once; the results are in order, whatever the number
/// of tasks.
///
/// - Parameters:
///   - width: the number of tasks; nil takes that of the processors.
///   - makeWorker: scratch that one task uses for all its values and needn't share.
///   - transform: makes one value.
/// - Throws: what `makeWorker` and `transform` throw; `CancellationError` where the task was cancelled
///   before all values were made.
package func concurrentMap<Worker, Value: Sendable>(
  count: Int, width: Int?, makeWorker: @escaping @Sendable () throws -> Worker,
  transform: @escaping @Sendable (Worker, Int) throws -> Value
) async throws -> [Value] {
  let made = try await concurrentPartialMap(
    count: count, width: width, makeWorker: makeWorker, transform: transform)
  let values = made.compactMap { $0 }
  guard values.count == count else { throw CancellationError() }
  return values
}

/// The same, but a cancelled task ends between two values: those it didn't make are nil.
package func concurrentPartialMap<Worker, Value: Sendable>(
  count: Int, width: Int?, makeWorker: @escaping @Sendable () throws -> Worker,
  transform: @escaping @Sendable (Worker, Int) throws -> Value
) async throws -> [Value?] {
  let width = max(1, min(width ?? ProcessInfo.processInfo.activeProcessorCount, count))
  return try await withThrowingTaskGroup(of: [(Int, Value)].self) { group in
    for first in 0..<width {
      group.addTask {
        let worker = try makeWorker()
        var values: [(Int, Value)] = []
        for index in stride(from: first, to: count, by: width) {
          if Task.isCancelled { break }
          values.append((index, try transform(worker, index)))
        }
        return values
      }
    }
    var all = [Value?](repeating: nil, count: count)
    for try await values in group {
      for (index, value) in values { all[index] = value }
    }
    return all
  }
}
