// SPDX-License-Identifier: Apache-2.0
import Foundation
import Inference

/// A function of a few variables given by closures, with a dense Cholesky solve.
final class DenseObjective: Objective {
  let dimension: Int
  private let value: ([Double]) -> Double
  private let gradient: ([Double]) -> [Double]
  private let hessian: ([Double]) -> [Double]
  private let positive: ([Double]) -> [Double]
  private var kept: [Double] = []
  private var factor: [Double] = []
  private var free: [Int] = []

  /// hessian: row-major [dimension × dimension]; positive: a semi-definite stand-in, by default 1.
  init(
    dimension: Int, value: @escaping ([Double]) -> Double,
    gradient: @escaping ([Double]) -> [Double], hessian: @escaping ([Double]) -> [Double],
    positive: (([Double]) -> [Double])? = nil
  ) {
    self.dimension = dimension
    self.value = value
    self.gradient = gradient
    self.hessian = hessian
    let identity = (0..<dimension * dimension).map { $0 % (dimension + 1) == 0 ? 1.0 : 0 }
    self.positive = positive ?? { _ in identity }
  }

  func evaluate(_ point: [Double], gradient result: inout [Double]) -> Double {
    result = gradient(point)
    return value(point)
  }

  func evaluate(_ point: [Double], gradient result: inout [Double], curvature: Curvature) -> Double
  {
    kept = curvature == .exact ? hessian(point) : positive(point)
    return evaluate(point, gradient: &result)
  }

  func factorise(free isFree: [Bool], damping: Double) -> Bool {
    free = isFree.indices.filter { isFree[$0] }
    let n = free.count
    factor = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in 0...i {
        var sum = kept[free[i] * dimension + free[j]] + (i == j ? damping : 0)
        for k in 0..<j { sum -= factor[i * n + k] * factor[j * n + k] }
        if i == j {
          guard sum > 1e-14 else { return false }
          factor[i * n + i] = sum.squareRoot()
        } else {
          factor[i * n + j] = sum / factor[j * n + j]
        }
      }
    }
    return true
  }

  func solve(_ rhs: [Double], into solution: inout [Double]) {
    let n = free.count
    var x = free.map { rhs[$0] }
    for i in 0..<n {
      for k in 0..<i { x[i] -= factor[i * n + k] * x[k] }
      x[i] /= factor[i * n + i]
    }
    for i in (0..<n).reversed() {
      for k in i + 1..<max(n, i + 1) { x[i] -= factor[k * n + i] * x[k] }
      x[i] /= factor[i * n + i]
    }
    for i in solution.indices { solution[i] = 0 }
    for i in 0..<n { solution[free[i]] = x[i] }
  }
}

extension DenseObjective {
  /// 100 (y − x²)² + (1 − x)²: minimum 0 at (1, 1).
  static func rosenbrock() -> DenseObjective {
    DenseObjective(
      dimension: 2,
      value: { p in
        let valley = p[1] - p[0] * p[0]
        return 100 * valley * valley + (1 - p[0]) * (1 - p[0])
      },
      gradient: { p in
        let valley = p[1] - p[0] * p[0]
        return [-400 * p[0] * valley - 2 * (1 - p[0]), 200 * valley]
      },
      hessian: { p in
        [1200 * p[0] * p[0] - 400 * p[1] + 2, -400 * p[0], -400 * p[0], 200]
      })
  }

  /// ½ xᵀAx − bᵀx with A row-major.
  static func quadratic(_ a: [Double], _ b: [Double]) -> DenseObjective {
    let n = b.count
    func product(_ p: [Double]) -> [Double] {
      (0..<n).map { i in (0..<n).reduce(0) { $0 + a[i * n + $1] * p[$1] } }
    }
    return DenseObjective(
      dimension: n,
      value: { p in zip(zip(product(p), b), p).reduce(0) { $0 + (0.5 * $1.0.0 - $1.0.1) * $1.1 } },
      gradient: { p in zip(product(p), b).map { $0 - $1 } },
      hessian: { _ in a })
  }

  /// (x² − 1)² + tilt·x + (y − x)²: two minima near x = ±1, the left one lower for tilt > 0;
  /// indefinite between them.
  static func twoMinima(tilt: Double) -> DenseObjective {
    DenseObjective(
      dimension: 2,
      value: { p in
        let well = p[0] * p[0] - 1
        return well * well + tilt * p[0] + (p[1] - p[0]) * (p[1] - p[0])
      },
      gradient: { p in
        [
          4 * p[0] * (p[0] * p[0] - 1) + tilt - 2 * (p[1] - p[0]), 2 * (p[1] - p[0]),
        ]
      },
      hessian: { p in [12 * p[0] * p[0] - 4 + 2, -2, -2, 2] })
  }
}
