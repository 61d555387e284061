// SPDX-License-Identifier: Apache-2.0
import CKernels
import Differentiation
import Foundation
import Testing

/// Kernels over many events, against libm and plain loops.
@Suite struct EventKernelTests {
  private typealias Kernel = (UnsafeMutablePointer<Double>, UnsafePointer<Double>, Int) -> Void

  private func apply(_ kernel: Kernel, _ x: [Double]) -> [Double] {
    var result = x
    kernel(&result, x, x.count)
    return result
  }

  private func worst(
    _ kernel: Kernel, over range: ClosedRange<Double>, _ reference: (Double) -> Double
  ) -> Double {
    var random = CounterRandom(seed: 1)
    var x = (0..<50_000).map { _ in
      range.lowerBound + random.uniform() * (range.upperBound - range.lowerBound)
    }
    x += x.map { $0 * exp(-40 * random.uniform()) }
    return zip(apply(kernel, x), x).reduce(0) { worst, pair in
      let expected = reference(pair.1)
      return max(worst, abs(pair.0 - expected) / max(abs(expected), .leastNormalMagnitude))
    }
  }

  @Test func activationsAgreeWithLibm() {
    #expect(worst(kernel_sigmoid, over: -600...600) { 1 / (1 + exp(-$0)) } < 1e-15)
    #expect(
      worst(kernel_softplus, over: -600...600) { max($0, 0) + log1p(exp(-abs($0))) } < 1e-15)
    #expect(worst(kernel_tanh, over: -30...30) { tanh($0) } < 2e-15)
    // The reference, too, is off by x² times the rounding of x/√2.
    #expect(worst(kernel_normal_cdf, over: -37...37) { 0.5 * erfc(-$0 / 2.0.squareRoot()) } < 4e-13)
    #expect(worst(kernel_normal_cdf, over: -4...4) { 0.5 * erfc(-$0 / 2.0.squareRoot()) } < 4e-15)
  }

  @Test func activationsAtTheEdges() {
    let x = [-Double.infinity, -1e300, 0, 1e300, .infinity]
    #expect(apply(kernel_sigmoid, x) == [0, 0, 0.5, 1, 1])
    #expect(apply(kernel_tanh, x) == [-1, -1, 0, 1, 1])
    #expect(
      zip(apply(kernel_normal_cdf, x), [0, 0, 0.5, 1, 1]).allSatisfy { abs($0 - $1) < 2e-16 })
    #expect(apply(kernel_softplus, x)[0...1] == [0, 0])
    #expect(apply(kernel_softplus, x)[3...4] == [1e300, .infinity])
    for kernel: Kernel in [kernel_sigmoid, kernel_tanh, kernel_normal_cdf, kernel_softplus] {
      #expect(apply(kernel, [.nan])[0].isNaN)
    }
  }

  @Test(arguments: 0..<40)
  func matrixProductsAreSums(_ seed: UInt64) {
    var random = CounterRandom(seed: seed)
    let rows = 1 + Int(random.next() % 20), columns = 1 + Int(random.next() % 75)
    let depth = 1 + Int(random.next() % 150)
    let a = (0..<rows * depth).map { _ in random.normal() }
    let b = (0..<depth * columns).map { _ in random.normal() }
    let start = (0..<rows * columns).map { _ in random.normal() }
    // The same product from a as it lies, and from a that lies transposed.
    var transposed = a
    for i in 0..<rows { for k in 0..<depth { transposed[k * rows + i] = a[i * depth + k] } }
    var first = start, second = start
    kernel_matrix_product(&first, columns, a, depth, 1, b, columns, rows, columns, depth)
    kernel_matrix_product(&second, columns, transposed, 1, rows, b, columns, rows, columns, depth)
    for i in 0..<rows {
      for j in 0..<columns {
        let sum = (0..<depth).reduce(start[i * columns + j]) {
          $0 + a[i * depth + $1] * b[$1 * columns + j]
        }
        #expect(abs(first[i * columns + j] - sum) < 1e-12)
        #expect(abs(second[i * columns + j] - sum) < 1e-12)
      }
    }
  }

  @Test func productsMayLieInWiderMatrices() {
    var c = Array(repeating: 0.0, count: 12)
    kernel_matrix_product(&c, 6, [1, 2, 9, 3, 4, 9], 3, 1, [5, 6, 9, 7, 8, 9], 3, 2, 2, 2)
    #expect(c == [19, 22, 0, 0, 0, 0, 43, 50, 0, 0, 0, 0])
  }

  @Test(arguments: [false, true])
  func smearedHistogramIsASumOverEvents(_ folded: Bool) {
    var random = CounterRandom(seed: 7)
    let x = (0..<517).map { _ in 2 * random.normal() }
    let w = x.map { _ in random.uniform() - 0.2 }
    let edges = [-2.5, -1, -0.9, 0, 0.4, 3]
    var sums = Array(repeating: 0.0, count: 5), squares = sums
    kernel_density_histogram(&sums, &squares, x, w, x.count, edges, 5, 0.3, folded ? 1 : 0)
    for bin in 0..<5 {
      var sum = 0.0, square = 0.0
      for (x, w) in zip(x, w) {
        let lower = folded && bin == 0 ? 0 : 0.5 * erfc(-(edges[bin] - x) / 0.3 / 2.0.squareRoot())
        let upper =
          folded && bin == 4 ? 1 : 0.5 * erfc(-(edges[bin + 1] - x) / 0.3 / 2.0.squareRoot())
        sum += w * (upper - lower)
        square += (w * (upper - lower)) * (w * (upper - lower))
      }
      #expect(abs(sums[bin] - sum) < 1e-12)
      #expect(abs(squares[bin] - square) < 1e-12)
    }
  }

  @Test func partsFarAboveABinKeepTheirRelativeAccuracy() {
    // Φ(−20) − Φ(−21): as the difference of numbers near 1 it would be 0 or worse.
    var above = 0.0, below = 0.0
    kernel_density_histogram(&above, nil, [0], nil, 1, [20, 21], 1, 1, 0)
    kernel_density_histogram(&below, nil, [0], nil, 1, [-21, -20], 1, 1, 0)
    let expected = 0.5 * (erfc(20 / 2.0.squareRoot()) - erfc(21 / 2.0.squareRoot()))
    #expect(abs(above - expected) < 1e-12 * expected)
    #expect(below == above)
  }
}
