// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sampling

/// A function over the unit cube whose contour at zero is looked for, and where it is judged.
struct ScanCase: Sendable {
  typealias Function = @Sendable ([Double]) -> Double

  let name: String
  let dimension: Int
  /// One for each contour.
  let responses: [Function]
  /// Where the truth is compared.
  let points: [[Double]]

  var space: ParameterSpace {
    get throws { try ParameterSpace((0..<dimension).map { .init("p\($0)", from: 0, to: 1) }) }
  }

  /// The outputs at a position, with the gradient by central differences if wanted.
  func outputs(at position: [Double], gradients: Bool = false) -> [Observation] {
    responses.map { response in
      let slopes: [Double?] = (0..<(gradients ? dimension : 0)).map { axis in
        var (up, down) = (position, position)
        up[axis] += 1e-5
        down[axis] -= 1e-5
        return (response(up) - response(down)) / 2e-5
      }
      return Observation(position, value: response(position), gradient: slopes)
    }
  }

  /// The mean over the contours of the fraction of points on the wrong side.
  func wrong(_ predictions: [Function]) -> Double {
    let wrong = zip(responses, predictions).reduce(0) { sum, pair in
      sum + points.count { (pair.0($0) > 0) != (pair.1($0) > 0) }
    }
    return Double(wrong) / Double(responses.count * points.count)
  }

  /// log10 of the upper limit on mu over a plane of two masses, observed: a limit on events over
  /// a cross section that falls exponentially times an efficiency that vanishes at the diagonal.
  static let massPlane = plane("mass plane", excluded: [17.067868370777408])
  /// The same with the expected limit and its ±1σ.
  static let fourContours = plane(
    "four contours",
    excluded: [17.067868370777408, 12.75929761929469, 18.327797831123313, 8.985047903501876])

  /// `fast_2D` of excursion (github.com/diana-hep/excursion), three times log(CLs/0.05).
  static let fast = ScanCase(
    name: "fast_2D", dimension: 2,
    responses: [
      { u in
        let (x, y) = (1.5 * u[0], 1.5 * u[1])
        let ripple = 0.1 * cos(10 * y + 1) + 0.2 * cos(15 * x)
        let n = (12 * exp(-x / 2) + ripple) * tanh(1.3 * x - y + 1)
        return 3 * (-log1p(exp(2 * (n - 5))) - log(0.05))
      }
    ], points: grid)

  /// The mass plane with a coupling.
  static let three = ScanCase(
    name: "3-D", dimension: 3, responses: [{ coupled($0) }], points: sobol(3))
  /// And with a mixing angle.
  static let four = ScanCase(
    name: "4-D", dimension: 4,
    responses: [{ coupled($0) - 0.6 * cos(2.5 * $0[3]) * (0.4 + $0[0]) }], points: sobol(4))

  private static func plane(_ name: String, excluded: [Double]) -> ScanCase {
    ScanCase(
      name: name, dimension: 2,
      responses: excluded.map { excluded in { log10(excluded / events($0)) } }, points: grid)
  }

  private static func coupled(_ u: [Double]) -> Double {
    log10(17.067868370777408 / events(u)) - 2 * log10(0.5 + 1.5 * u[2])
  }

  private static func events(_ u: [Double]) -> Double {
    let (m1, m2) = (200 + 1000 * u[0], 800 * u[1])
    let turnOn = 0.25 / (1 + exp(-(m1 - m2 - 220) / 60))
    let efficiency = turnOn * (1 - exp(-max(m1 - m2, 0) / 300)) + 1e-4
    return 40e3 * exp(-m1 / 130) * efficiency
  }

  private static let grid = (0..<61 * 61).map { index -> [Double] in
    [Double(index % 61) / 60, Double(index / 61) / 60]
  }

  private static func sobol(_ dimension: Int) -> [[Double]] {
    let sobol = Sobol(dimension: dimension, seed: 99)
    return (0..<4096).map { sobol[$0] }
  }
}
