// SPDX-License-Identifier: Apache-2.0

/// Σw and Σw² per bin of one or two axes, flow bins always kept: what histograms are filled with,
/// many events at a time.
///
/// **Shape**: the bins of the first axis with its flow bins, and for each those of the second.
package struct HistogramTally: Sendable, Hashable {
  /// The axes, outermost first.
  package let axes: [Axis]
  package private(set) var sumW: [Double]
  package private(set) var sumW2: [Double]
  package private(set) var entries = 0
  package private(set) var nanCount = 0
  package private(set) var missingCount = 0

  package init(axes: [Axis]) {
    self.axes = axes
    sumW = Array(repeating: 0, count: axes.reduce(1) { $0 * ($1.binCount + 2) })
    sumW2 = sumW
  }

  package init(
    axes: [Axis], sumW: [Double], sumW2: [Double], entries: Int, nanCount: Int, missingCount: Int
  ) {
    self.axes = axes
    self.sumW = sumW
    self.sumW2 = sumW2
    self.entries = entries
    self.nanCount = nanCount
    self.missingCount = missingCount
  }

  /// The values of one axis for a block of events, and where they are there.
  package struct Values {
    package let numbers: ArraySlice<Double>
    /// nil where none is missing.
    package let validity: [Bool]?

    package init(_ numbers: ArraySlice<Double>, validity: [Bool]? = nil) {
      self.numbers = numbers
      self.validity = validity
    }
  }

  /// Adds some events of a block.
  ///
  /// - Parameters:
  ///   - events: their positions in the block, ascending.
  ///   - values: one per axis.
  ///   - weights: of all events of the block, finite for those that are added.
  package mutating func fill(_ events: [Int32], _ values: [Values], weights: ArraySlice<Double>) {
    if values.count == 1, values[0].validity == nil {
      fill(events, axes[0], values[0].numbers, weights)
    } else {
      for event in events {
        fill(Int(event), values, weights[weights.startIndex + Int(event)])
      }
    }
  }

  private mutating func fill(
    _ events: [Int32], _ axis: Axis, _ numbers: ArraySlice<Double>, _ weights: ArraySlice<Double>
  ) {
    var nans = 0
    numbers.withUnsafeBufferPointer { numbers in
      weights.withUnsafeBufferPointer { weights in
        for event in events {
          let event = Int(event)
          guard let bin = axis.index(of: numbers[event]) else {
            nans += 1
            continue
          }
          let weight = weights[event]
          sumW[bin] += weight
          sumW2[bin] += weight * weight
        }
      }
    }
    nanCount += nans
    entries += events.count - nans
  }

  private mutating func fill(_ event: Int, _ values: [Values], _ weight: Double) {
    var bin = 0
    var isNaN = false
    for (axis, values) in zip(axes, values) {
      if values.validity?[event] == false {
        missingCount += 1
        return
      }
      if let index = axis.index(of: values.numbers[values.numbers.startIndex + event]) {
        bin = bin * (axis.binCount + 2) + index
      } else {
        isNaN = true
      }
    }
    guard !isNaN else {
      nanCount += 1
      return
    }
    sumW[bin] += weight
    sumW2[bin] += weight * weight
    entries += 1
  }

  /// Adds what was filled with other events; the axes are the same.
  package mutating func merge(_ other: HistogramTally) {
    for bin in sumW.indices {
      sumW[bin] += other.sumW[bin]
      sumW2[bin] += other.sumW2[bin]
    }
    entries += other.entries
    nanCount += other.nanCount
    missingCount += other.missingCount
  }

  /// The bins proper with flow bins folded in or left out. `policies`: one per axis.
  func contents(_ policies: [FlowPolicies]) -> BinContents {
    var (sums, squares) = ([Double](), [Double]())
    let count = axes.reduce(1) { $0 * $1.binCount }
    sums = Array(repeating: 0, count: count)
    squares = sums
    for index in sumW.indices {
      var (rest, target, stride): (Int, Int?, Int) = (index, 0, 1)
      for (axis, policies) in zip(axes, policies).reversed() {
        let (quotient, bin) = rest.quotientAndRemainder(dividingBy: axis.binCount + 2)
        let inner = policies.target(of: bin, binCount: axis.binCount)
        if let inner, let outer = target { target = outer + stride * inner } else { target = nil }
        stride *= axis.binCount
        rest = quotient
      }
      guard let target else { continue }
      sums[target] += sumW[index]
      squares[target] += sumW2[index]
    }
    return BinContents(sumW: sums, sumW2: squares)
  }
}
