// SPDX-License-Identifier: Apache-2.0
import Foundation
import Sampling
import Workflow

/// The surrogates of a scan, seen as functions on a slice of its parameters.
struct ScanSurface: Sendable {
  let scan: PreparedScan
  let slice: SlicePlan
  /// One for each output.
  let surrogates: [GaussianProcess]
  /// The axes of the slice as a space of their own; what is forbidden is not a number.
  let plane: ParameterSpace
  private let candidates: [[Double]]

  /// Positions of the profiled parameters that are tried before the best is improved.
  private static let candidateCount: UInt32 = 48

  init(_ scan: PreparedScan, _ slice: SlicePlan, _ surrogates: [GaussianProcess]) throws {
    (self.scan, self.slice, self.surrogates) = (scan, slice, surrogates)
    plane = try ParameterSpace(slice.axes.map { scan.sampler.space.axes[$0] })
    let sobol = Sobol(dimension: max(slice.profiled.count, 1), seed: nil)
    candidates = slice.profiled.isEmpty ? [] : (0..<Self.candidateCount).map { sobol[$0] }
  }

  /// Where an output is decided at a place of the plane: with profiled parameters, where it is
  /// the most excluded. nil where the constraints allow nothing.
  func position(of output: Int, at place: [Double]) -> [Double]? {
    var base = slice.position
    for (axis, coordinate) in zip(slice.axes, place) { base[axis] = coordinate }
    guard !slice.profiled.isEmpty else {
      return scan.sampler.space.contains(base) ? base : nil
    }
    return mostExcluded(output, from: base)
  }

  /// The response of an output at a place of the plane; NaN where the constraints allow nothing.
  ///
  /// - Parameter theory: 0, or −1 or +1 for the cross section one standard deviation lower or
  ///   higher. A limit on the signal strength is relative to the cross section: with σ(1 + δ) it
  ///   is 1/(1 + δ) of what it was.
  func response(_ output: Int, at place: [Double], theory: Int = 0) -> Double {
    guard let position = position(of: output, at: place) else { return .nan }
    let mean = surrogates[output].mean(at: position)
    guard theory != 0 else { return mean }
    let point = scan.specification.point(scan.sampler.space.parameters(at: position))
    guard let relative = scan.signals.relativeUncertainty(at: point) else { return .nan }
    let factor = 1 + Double(theory) * relative
    return factor > 0 ? mean - log10(factor) : .nan
  }

  /// Mean and deviation of an output at a place of the plane; nil where nothing is allowed.
  func prediction(_ output: Int, at place: [Double]) -> (mean: Double, deviation: Double)? {
    position(of: output, at: place).map { surrogates[output].prediction(at: $0) }
  }

  /// Whether an output has a theory band: a limit on the signal strength whose logarithm is the
  /// response.
  func hasTheoryBand(_ output: Int) -> Bool {
    let specification = scan.specification.outputs[output]
    return specification.quantity == .upper_limit && specification.transform == .log10
      && specification.level == 0
  }

  private func mostExcluded(_ output: Int, from base: [Double]) -> [Double]? {
    let sign: Double = scan.specification.outputs[output].transform == .probit ? -1 : 1
    var best: (position: [Double], value: Double)?
    func consider(_ coordinates: [Double]) {
      var position = base
      for (axis, coordinate) in zip(slice.profiled, coordinates) { position[axis] = coordinate }
      guard scan.sampler.space.contains(position) else { return }
      let value = sign * surrogates[output].mean(at: position)
      if value < best?.value ?? .infinity { best = (position, value) }
    }
    for candidate in candidates { consider(candidate) }
    guard best != nil else { return nil }
    // A pattern search: steps along each axis, halved when none helps.
    var step = 0.1
    while step > 0.005, let start = best {
      let coordinates = slice.profiled.map { start.position[$0] }
      for axis in coordinates.indices {
        for direction in [-step, step] {
          var moved = coordinates
          moved[axis] = min(max(moved[axis] + direction, 0), 1)
          consider(moved)
        }
      }
      if best?.value == start.value { step /= 2 }
    }
    return best?.position
  }
}
