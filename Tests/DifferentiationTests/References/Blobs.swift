// SPDX-License-Identifier: Apache-2.0
import Differentiation

/// The problem of `neos`: a network separates signal from background whose mean is uncertain, and a
/// histogram of its output goes into a fit. Four samples in two dimensions that share their noise:
/// 20 signal events, 100 background events, and the latter at ±1σ.
struct Blobs {
  static let means = [(-1.0, 1.0), (1, -1), (2.5, 2), (-2.5, -1.5)]
  static let yields = [20.0, 100, 100, 100]
  static let floors = [1e-8, 1e-3, 1e-3, 1e-3]
  static let network = Network([2, 64, 64, 1], hidden: .relu, output: .sigmoid)
  static let bins = 4

  /// Noise of the events to train with and to test with [events · 2].
  let training: [Double], test: [Double]

  init() throws {
    let rows = try SharedFiles.rows(of: "blobs_noise.csv")
    func noise(_ flag: Substring) -> [Double] {
      rows.filter { $0[2] == flag }.flatMap { $0[..<2].compactMap { Double($0) } }
    }
    (training, test) = (noise("1"), noise("0"))
  }

  /// All four samples of some events [4 · events · 2].
  static func samples(_ noise: [Double], _ events: [Int]) -> [Double] {
    means.flatMap { mean in
      events.flatMap { [noise[2 * $0] + mean.0, noise[2 * $0 + 1] + mean.1] }
    }
  }

  /// min over α of −log L of the histograms φ = (signal, nominal, up, down) at μ = 1, the data being
  /// the nominal background.
  static func fit() -> InnerMinimum {
    let builder = TapeBuilder()
    let alpha = builder.input(count: 1), phi = builder.input(count: 4 * bins)
    let nominal = phi[bins..<2 * bins]
    let up = phi[2 * bins..<3 * bins] - nominal, down = nominal - phi[3 * bins..<4 * bins]
    // The polynomial of degree 6 inside |α| < 1 and the straight lines outside (pyhf's code4p).
    let shift = 0.5 * alpha * (up + down) + 0.0625 * alpha.map(Bend()) * (up - down)
    let rates = phi[0..<bins] + nominal + shift
    let nll = sum(rates - nominal * log(rates)) + 0.5 * alpha * alpha
    return InnerMinimum(
      of: builder.tape(of: nll), start: [0], lower: [-3], upper: [3], otherStarts: [[-2], [2]])
  }

  /// log CLs at μ = 1 expected without a signal.
  static func logCLs(_ histograms: Variable, _ fit: InnerMinimum) -> Variable {
    let nominal = histograms[bins..<2 * bins]
    return expectedLogCLs(
      2 * (fit.value(at: histograms) - sum(nominal - nominal * log(nominal))))
  }

  /// Smeared histograms of all samples [4 · bins] of the network's output [4 · events].
  static func histograms(_ output: Variable, edges: Variable, bandwidth: Double) -> Variable {
    let events = output.count / 4
    return concatenate(
      (0..<4).map { sample in
        let histogram = KernelHistogram(
          of: output[sample * events..<(sample + 1) * events],
          weights: output.constant([yields[sample] / Double(events)]), edges: edges,
          bandwidth: output.constant([bandwidth]), tails: .folded)
        return histogram.sumW + floors[sample]
      })
  }

  private struct Bend: ScalarFunction {
    let name = "interpolation of shapes"
    func value(_ a: Double) -> Double {
      let square = a * a
      return abs(a) > 1 ? 8 * abs(a) : square * (15 + square * (3 * square - 10))
    }
    func slope(_ a: Double, _ y: Double) -> Double {
      let square = a * a
      return abs(a) > 1 ? (a > 0 ? 8 : -8) : a * (30 + square * (18 * square - 40))
    }
    func curvature(_ a: Double, _ y: Double) -> Double {
      let square = a * a
      return abs(a) > 1 ? 0 : 30 + square * (90 * square - 120)
    }
  }
}
