// SPDX-License-Identifier: Apache-2.0
import CKernels
import Foundation
import Testing

/// The C kernels against libm and against plain loops.
@Suite struct KernelTests {
  private func log(_ x: [Double]) -> [Double] {
    var result = x
    kernel_log(&result, x, x.count)
    return result
  }

  private func exp(_ x: [Double]) -> [Double] {
    var result = x
    kernel_exp(&result, x, x.count)
    return result
  }

  /// Distance in units of the last place of the reference.
  private func ulps(_ found: Double, _ reference: Double) -> Double {
    found == reference ? 0 : abs(found - reference) / reference.ulp
  }

  @Test func logarithmIsWithinOneUlp() {
    var generator = SystemIndependentNumbers(state: 1)
    var x: [Double] = []
    for _ in 0..<200_000 {
      // Uniform in the exponent over all positive doubles, subnormal ones included.
      let bits = UInt64.random(in: 1..<Double.infinity.bitPattern, using: &generator)
      x.append(Double(bitPattern: bits))
      x.append(Double.random(in: 0.5...2, using: &generator))
    }
    x += [.leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, 1, 0.5, 2]
    x += [1 + .ulpOfOne, 1 - .ulpOfOne / 2, 0.7071067811865476, 1.4142135623730951]
    let worst = zip(log(x), x).map { ulps($0, Foundation.log($1)) }.max() ?? 9
    #expect(worst <= 1)
  }

  @Test func logarithmAtTheEdges() {
    let found = log([0, -0.0, -1, -.infinity, .infinity, .nan, 1])
    #expect(found[0] == -.infinity && found[1] == -.infinity)
    #expect(found[2].isNaN && found[3].isNaN)
    #expect(found[4] == .infinity && found[5].isNaN && found[6] == 0)
  }

  @Test func exponentialIsWithinOneUlp() {
    var generator = SystemIndependentNumbers(state: 2)
    var x: [Double] = []
    for _ in 0..<200_000 {
      x.append(Double.random(in: -708...709.7, using: &generator))
      x.append(Double.random(in: -1...1, using: &generator))
    }
    x += [0, -0.0, 1, -1, 1e-300, -1e-17, 709.782712893384, -708.3964185322641]
    let worst = zip(exp(x), x).map { ulps($0, Foundation.exp($1)) }.max() ?? 9
    #expect(worst <= 1)
  }

  @Test func exponentialUnderflowsGradually() {
    for x in stride(from: -708.5, through: -746, by: -0.25) {
      let found = exp([x])[0], reference = Foundation.exp(x)
      // Rounded twice among subnormals: one unit of the smallest number.
      #expect(abs(found - reference) <= .leastNonzeroMagnitude)
    }
  }

  @Test func exponentialAtTheEdges() {
    let found = exp([.infinity, -.infinity, .nan, 1000, -1000, 709.8, -745.2])
    #expect(found[0] == .infinity && found[1] == 0 && found[2].isNaN)
    #expect(found[3] == .infinity && found[4] == 0)
    #expect(found[5] == .infinity && found[6] == 0)
  }

  /// Values of scipy.special.psi.
  @Test(arguments: [
    (0.1, -10.42375494041108), (1.0, -0.5772156649015329), (2.5, 0.7031566406452432),
    (10.0, 2.251752589066721), (1e4, 9.210290371142849),
  ])
  func digamma(_ x: Double, _ expected: Double) {
    #expect(abs(kernel_digamma(x) - expected) < 4e-15 * max(1, abs(expected)))
  }

  @Test func poissonTermsWithAndWithoutEvents() {
    let nu = [3.0, 0, 2, -1, 0, -1, 5, 7, 4], n = [2.0, 0, 0, 0, 1, 2, 5, 1, 0]
    var slope = nu, curvature = nu
    for i in nu.indices {
      let value = kernel_poisson([nu[i]], [n[i]], &slope, &curvature, 1)
      if n[i] == 0 {
        #expect(value == nu[i] && slope[0] == 1 && curvature[0] == 0)
      } else if nu[i] == 0 {
        #expect(value == .infinity)
      } else if nu[i] < 0 {
        #expect(value.isNaN)
      } else {
        #expect(abs(value - (nu[i] - n[i] * Foundation.log(nu[i]))) < 1e-14)
        #expect(abs(slope[0] - (1 - n[i] / nu[i])) < 1e-15)
        #expect(abs(curvature[0] - n[i] / (nu[i] * nu[i])) < 1e-15)
      }
    }
    // Eight at a time give what one at a time gives.
    let rates = (1...19).map(Double.init), counts = (1...19).map { Double(($0 * 7) % 11) }
    slope = rates
    curvature = rates
    let together = kernel_poisson(rates, counts, &slope, &curvature, 19)
    let apart = zip(rates, counts).reduce(0) {
      $0 + $1.0 - ($1.1 == 0 ? 0 : $1.1 * Foundation.log($1.0))
    }
    #expect(abs(together - apart) < 1e-12)
  }

  @Test(arguments: [1, 3, 8, 13, 16, 24, 40, 57])
  func choleskySolves(_ order: Int) {
    var generator = SystemIndependentNumbers(state: UInt64(order))
    let stride = (order + 7) & ~7, count = order + 3
    var rows = Array(repeating: 0.0, count: count * stride)
    for r in 0..<count {
      for i in 0..<order { rows[r * stride + i] = Double.random(in: -1...1, using: &generator) }
    }
    let weights = (0..<count).map { _ in Double.random(in: 0.5...2, using: &generator) }
    var matrix = Array(repeating: 0.0, count: stride * stride)
    kernel_rank_update(&matrix, rows, weights, count, stride)
    for i in 0..<order {
      for j in i..<order {
        let sum = (0..<count).reduce(0.0) {
          $0 + weights[$1] * rows[$1 * stride + i] * rows[$1 * stride + j]
        }
        #expect(abs(matrix[i * stride + j] - sum) < 1e-12)
      }
    }
    let original = matrix
    var scratch = Array(repeating: 0.0, count: stride)
    #expect(kernel_cholesky(&matrix, &scratch, order, stride) == 0)
    let solution = (0..<order).map { _ in Double.random(in: -1...1, using: &generator) }
    var x = (0..<order).map { i in
      (0..<order).reduce(0.0) {
        $0 + original[min(i, $1) * stride + max(i, $1)] * solution[$1]
      }
    }
    kernel_solve_transposed(matrix, &x, order, stride)
    kernel_solve_upper(matrix, &x, order, stride)
    for i in 0..<order { #expect(abs(x[i] - solution[i]) < 1e-8) }
  }

  @Test func choleskyNamesTheBadPivot() {
    let stride = 8
    var matrix = Array(repeating: 0.0, count: stride * stride)
    for i in 0..<5 { matrix[i * stride + i] = i == 3 ? -1 : 1 }
    var scratch = Array(repeating: 0.0, count: stride)
    #expect(kernel_cholesky(&matrix, &scratch, 5, stride) == 4)
  }
}

/// Splitmix64: the same numbers on every machine.
struct SystemIndependentNumbers: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
