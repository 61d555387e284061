// SPDX-License-Identifier: Apache-2.0
import Histograms

/// Σw and Σw² over the blocks of a run.
///
/// Within a block four compensated sums run side by side, event i in lane i mod 4; a block's sum
/// is added to the run's as one term. The result depends on where blocks begin, and they begin at
/// the same events always, so that it has the same bits whoever computes the blocks.
struct WeightedTally: Sendable {
  private var sumW = CompensatedSum()
  private var sumW2 = CompensatedSum()

  var count: WeightedCount { WeightedCount(sumW: sumW.value, sumW2: sumW2.value) }

  /// Adds a block of weights; those of events that are not selected are 0.
  mutating func add(_ weights: [Double]) {
    var sum = LaneSum()
    var squares = LaneSum()
    weights.withUnsafeBytes { bytes in
      let whole = weights.count & ~3
      for i in stride(from: 0, to: whole, by: 4) {
        let lanes = bytes.loadUnaligned(
          fromByteOffset: i * MemoryLayout<Double>.stride, as: SIMD4<Double>.self)
        sum.add(lanes)
        squares.add(lanes * lanes)
      }
      var rest = SIMD4<Double>.zero
      for i in whole..<weights.count { rest[i - whole] = weights[i] }
      sum.add(rest)
      squares.add(rest * rest)
    }
    sumW.add(sum.value)
    sumW2.add(squares.value)
  }
}

/// Four compensated sums, see `CompensatedSum`.
private struct LaneSum {
  private var sum = SIMD4<Double>.zero
  private var compensation = SIMD4<Double>.zero

  @inline(__always)
  mutating func add(_ terms: SIMD4<Double>) {
    let total = sum + terms
    let part = total - sum
    compensation += (sum - (total - part)) + (terms - part)
    sum = total
  }

  var value: Double {
    var merged = CompensatedSum()
    for lane in 0..<4 {
      merged.add(sum[lane])
      merged.add(compensation[lane])
    }
    return merged.value
  }
}
