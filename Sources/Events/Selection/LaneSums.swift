// SPDX-License-Identifier: Apache-2.0
import CKernels
import Histograms

extension WeightedCount {
  /// Σw and Σw² of a block of weights, of those whose flag is set if there are flags.
  ///
  /// Eight sums run side by side, event i in lane i mod 8, compensated ones of the weights, and are
  /// put together in order: the bits depend on where the block begins and on nothing else.
  init(_ weights: ArraySlice<Double>, where flags: [Bool]? = nil) {
    let sums = withUnsafeTemporaryAllocation(of: Double.self, capacity: 24) { lanes in
      weights.withUnsafeBufferPointer { weights in
        if let flags {
          precondition(flags.count == weights.count)
          flags.withUnsafeBytes {
            kernel_masked_sums(
              lanes.baseAddress, weights.baseAddress, Flags.bytes($0), weights.count)
          }
        } else {
          kernel_weighted_sums(lanes.baseAddress, weights.baseAddress, weights.count)
        }
      }
      var (sum, squares) = (CompensatedSum(), CompensatedSum())
      for lane in 0..<8 {
        sum.add(lanes[lane])
        sum.add(lanes[8 + lane])
        squares.add(lanes[16 + lane])
      }
      return (sum.value, squares.value)
    }
    self.init(sumW: sums.0, sumW2: sums.1)
  }
}

/// Σw and Σw² over the blocks of a run, each block one term.
struct WeightedTally: Sendable {
  private var sumW = CompensatedSum()
  private var sumW2 = CompensatedSum()

  var count: WeightedCount { WeightedCount(sumW: sumW.value, sumW2: sumW2.value) }

  mutating func add(_ block: WeightedCount) {
    sumW.add(block.sumW)
    sumW2.add(block.sumW2)
  }
}
