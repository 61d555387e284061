// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

/// Compares a gradient and an exact Hessian with finite differences of fourth order.
struct DerivativeCheck {
  private let likelihood: Likelihood

  init(_ likelihood: Likelihood) { self.likelihood = likelihood }

  func expectExact(at point: [Double], tolerance: Double = 1e-7) {
    let hessian = StructuredHessian(for: likelihood.model)
    var gradient: [Double] = [], moved: [Double] = []
    _ = likelihood.evaluate(point, gradient: &gradient, hessian: hessian, fisher: false)
    let dense = hessian.dense(), count = point.count
    let names = likelihood.model.parameterNames
    let step = 1e-4
    for i in 0..<count {
      var slope = 0.0, slopes = Array(repeating: 0.0, count: count)
      for (offset, weight) in [(-2.0, 1.0), (-1, -8), (1, 8), (2, -1)] {
        var shifted = point
        shifted[i] += offset * step
        slope += weight * likelihood.evaluate(shifted, gradient: &moved) / (12 * step)
        for j in 0..<count { slopes[j] += weight * moved[j] / (12 * step) }
      }
      #expect(deviation(gradient[i], slope, scale: 10) < tolerance, "\(names[i])")
      for j in 0..<count {
        #expect(
          deviation(dense[i * count + j], slopes[j], scale: 10) < tolerance,
          "\(names[i]), \(names[j])")
      }
    }
  }
}
