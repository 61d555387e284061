// SPDX-License-Identifier: Apache-2.0
import CKernels
import Differentiation

/// How the events expected of the background follow the nuisance parameters near one point, and how
/// well the data fix these there.
struct BackgroundResponse {
  /// [bins] ν̂, without the signal.
  let events: [Double]
  /// Slots of the nuisance parameters that are free.
  let slots: [Int]
  /// [slots × bins] ∂ν/∂θ.
  let slopes: [Double]
  /// [slots × slots] covariance of the parameters.
  let covariance: [Double]

  /// - Parameters:
  ///   - likelihood: of the whole model.
  ///   - point: parameters at which the signal vanishes.
  ///   - signal: the slot that scales it.
  ///   - isCounted: whether a bin's data help to fix the parameters [bins].
  /// - Throws: a point where the parameters aren't fixed.
  init(
    _ likelihood: Likelihood, at point: [Double], signal: Int, isCounted: [Bool]
  ) throws(InvalidModel) {
    let model = likelihood.model, bins = likelihood.structure.binCount
    var gradient: [Double] = []
    let hessian = StructuredHessian(for: model)
    _ = likelihood.evaluateInformation(
      at: point, gradient: &gradient, hessian: hessian, isCounted: isCounted)
    events = likelihood.rates.expectedEvents
    let free = model.isFixed.enumerated().map { !$0.element && $0.offset != signal }
    slots = free.indices.filter { free[$0] }
    slopes = slots.flatMap { likelihood.responses(toSlot: $0) }
    guard hessian.factorise(free: free, damping: 0) else {
      throw InvalidModel(
        "the data do not fix the nuisance parameters at this point, so the background has no "
          + "uncertainty there: give the best fit of the background, and bins that constrain it")
    }
    var rows: [Double] = []
    var solution = Array(repeating: 0.0, count: point.count)
    for slot in slots {
      var unit = Array(repeating: 0.0, count: point.count)
      unit[slot] = 1
      hessian.solve(unit, into: &solution)
      rows += slots.map { solution[$0] }
    }
    covariance = rows
    precondition(slopes.count == slots.count * bins)
  }

  /// [bins × bins] covariance of the expected events, J V Jᵀ.
  var eventCovariance: [Double] {
    let bins = events.count, count = slots.count
    var half = Array(repeating: 0.0, count: count * bins)
    for i in 0..<count {
      for j in 0..<count where covariance[i * count + j] != 0 {
        for bin in 0..<bins {
          half[i * bins + bin] += covariance[i * count + j] * slopes[j * bins + bin]
        }
      }
    }
    var result = Array(repeating: 0.0, count: bins * bins)
    for i in 0..<count {
      for row in 0..<bins where slopes[i * bins + row] != 0 {
        for column in 0..<bins {
          result[row * bins + column] += slopes[i * bins + row] * half[i * bins + column]
        }
      }
    }
    return result
  }
}

extension Likelihood {
  /// Value, gradient and exact Hessian with the Poisson terms of some bins left out.
  fileprivate func evaluateInformation(
    at point: [Double], gradient: inout [Double], hessian: StructuredHessian, isCounted: [Bool]
  ) -> Double {
    rates.evaluate(point, curvatures: true)
    let value = value()
    for bin in isCounted.indices where !isCounted[bin] {
      rateGradient[bin] = 0
      rateCurvature[bin] = 0
    }
    pullBack(into: &gradient)
    accumulateCurvature(into: hessian, fisher: false)
    return value
  }

  /// [bins] ∂ν/∂(one parameter) at the point whose Hessian was just evaluated.
  fileprivate func responses(toSlot slot: Int) -> [Double] {
    let layout = structure.curvature, position = Int(layout.position[slot])
    if position >= 0 {
      return (0..<structure.binCount).map {
        curvatureScratch.jacobian[$0 * layout.stride + position]
      }
    }
    var response = Array(repeating: 0.0, count: structure.binCount)
    let local = -1 - position
    for index in 0..<structure.channels.count {
      let channel = structure.channels[index], size = channel.localsPerBin
      guard size > 0, local >= channel.firstLocal,
        local < channel.firstLocal + size * channel.binCount
      else { continue }
      response[channel.firstBin + (local - channel.firstLocal) / size] =
        curvatureScratch.localJacobian[local]
    }
    return response
  }
}
