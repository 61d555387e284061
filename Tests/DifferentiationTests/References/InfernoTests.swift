// SPDX-License-Identifier: Apache-2.0
import Differentiation
import Testing

/// The synthetic problem of INFERNO (arXiv:1806.04743, section 5.1): uncertainty of the signal count
/// from the Fisher information of the exact likelihood.
@Suite struct InfernoTests {
  /// Places of a grid in three dimensions and the volume around each.
  private struct Grid {
    var x: [Double] = [], y: [Double] = [], z: [Double] = [], volume: [Double] = []

    /// Sums of smooth functions that vanish at the ends are exact to many digits; the exponential
    /// falls through 1 − exp(−2z) in (0, 1).
    init() {
      let step = 0.4
      for x in stride(from: -11.0, through: 15, by: step) {
        for y in stride(from: -14.0, through: 14, by: step) {
          for k in 0..<60 {
            let t = (Double(k) + 0.5) / 60
            self.x.append(x)
            self.y.append(y)
            z.append(-0.5 * Self.log(1 - t))
            volume.append(step * step / 60 / (2 * (1 - t)))
          }
        }
      }
    }

    private static func log(_ x: Double) -> Double {
      let builder = TapeBuilder()
      let tape = builder.tape(of: Differentiation.log(builder.input(count: 1)))
      // Finite between 0 and 1.
      return (try? tape.value(at: [x]))?.first ?? 0
    }
  }

  /// Expected density at all places as a function of s, r, λ, b.
  private func density(_ grid: Grid) -> Tape {
    let builder = TapeBuilder()
    let theta = builder.input(count: 4)
    let x = builder.constant(grid.x), y = builder.constant(grid.y), z = builder.constant(grid.z)
    let tau = 2 * 3.14159265358979323846
    let distance = x - theta[1]
    let signal = exp(-0.5 * (x * x + y * y) - 2 * z) * (2 / tau)
    let background =
      exp(-0.1 * (distance * distance) - 1.0 / 18 * (y * y) - theta[2] * z)
      * theta[2] / (tau * 6.708203932499369)
    return builder.tape(of: theta[0] * signal + theta[3] * background)
  }

  /// ∫ ∂μ/∂θᵢ ∂μ/∂θⱼ /μ, from four tangents.
  private func information() throws -> [[Double]] {
    let grid = Grid()
    let tape = density(grid), point: [Double] = [50, 2, 3, 1000]
    let value = try tape.value(at: point)
    #expect(abs(zip(value, grid.volume).reduce(0) { $0 + $1.0 * $1.1 } - 1050) < 0.3)
    var tangents: [[Double]] = []
    for i in 0..<4 {
      var tangent: [Double] = []
      try tape.pushForward((0..<4).map { $0 == i ? 1 : 0 }, at: point, into: &tangent)
      tangents.append(tangent)
    }
    return tangents.map { first in
      tangents.map { second in
        value.indices.reduce(0) {
          $0 + grid.volume[$1] * first[$1] * second[$1] / value[$1]
        }
      }
    }
  }

  /// √(M⁻¹)₀₀ by a fit: min over the others of ½ θᵀ M θ at θ₀ = 1 is ½/(M⁻¹)₀₀.
  private func uncertainty(_ matrix: [[Double]]) throws -> Double {
    let others = matrix.count - 1
    let builder = TapeBuilder()
    let inner = builder.input(count: others), first = builder.input(count: 1)
    let theta = concatenate([first, inner])
    let elements = Matrix(
      rows: matrix.count, columns: matrix.count, elements: matrix.flatMap { $0 })
    let minimum = InnerMinimum(
      of: builder.tape(of: dot(theta, elements * theta)), start: Array(repeating: 0, count: others))
    let outer = TapeBuilder()
    let tape = outer.tape(of: minimum.value(at: outer.input(count: 1)))
    return 1 / (try tape.value(at: [1])[0]).squareRoot()
  }

  @Test func analyticUncertaintiesOfTheSignal() throws {
    let information = try information()
    let auxiliary: [Double] = [0, 1 / 0.16, 1, 1 / 1e4]
    // Parameters, whether they are constrained, and σ(s) of the paper's table.
    let rows: [([Int], Bool, Double)] = [
      ([0], false, 14.71), ([0, 1], false, 15.52), ([0, 1, 2], false, 15.65),
      ([0, 1, 2], true, 15.62), ([0, 1, 2, 3], true, 16.89),
    ]
    // Measured by Monte Carlo with two million events.
    let measured = [14.731, 15.534, 15.660, 15.631, 16.911]
    for ((parameters, isConstrained, paper), measured) in zip(rows, measured) {
      let matrix = parameters.map { i in
        parameters.map { j in
          information[i][j] + (i == j && isConstrained ? auxiliary[i] : 0)
        }
      }
      let found = try uncertainty(matrix)
      #expect(abs(found / paper - 1) < 0.003)
      #expect(abs(found / measured - 1) < 0.002)
    }
  }
}
