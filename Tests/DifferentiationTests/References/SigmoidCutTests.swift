// SPDX-License-Identifier: Apache-2.0
import Differentiation
import Testing

/// The cut of A. Held's notebook on optimising with sigmoids: 8000 background and 300 signal events of
/// numpy's generator with seed 0; reference numbers in float64 by numpy and scipy.
@Suite(
  .enabled(if: SharedFiles.areAvailable, "needs shared/data/differentiable beside the checkout"))
struct SigmoidCutTests {
  private let signal: [Double], background: [Double]

  init() throws {
    let rows = try SharedFiles.rows(of: "sigmoid_cut_events.csv")
    signal = rows.filter { $0[0] == "signal" }.compactMap { Double($0[1]) }
    background = rows.filter { $0[0] == "background" }.compactMap { Double($0[1]) }
  }

  /// −Z of the events that pass a cut with a steepness: a function of both.
  private func tape() -> Tape {
    let builder = TapeBuilder()
    let cut = builder.input(count: 1), steepness = builder.input(count: 1)
    func passing(_ events: [Double]) -> Variable {
      sum(
        SoftSelection(builder.constant(events), above: cut, steepness: steepness).weights)
    }
    let q = discoveryStatistic(signal: passing(signal), background: passing(background))
    return builder.tape(of: -rootOfStatistic(q))
  }

  /// Z of the events above a cut, by the same formula.
  private func sharp(_ cut: Double) throws -> Double {
    let builder = TapeBuilder()
    let counts = builder.input(count: 2)
    let tape = builder.tape(
      of: rootOfStatistic(discoveryStatistic(signal: counts[0], background: counts[1])))
    let passing = [signal, background].map { Double($0.count { $0 > cut }) }
    return try tape.value(at: passing)[0]
  }

  private func optimum(_ tape: Tape, from start: Double, steepness: Double) throws -> Double {
    var search = LimitedMemoryBFGS(start: [start])
    var gradient: [Double] = []
    try search.minimise(tolerance: 1e-10) { point, slope in
      defer { slope = [gradient[0]] }
      return try tape.gradient(at: [point[0], steepness], into: &gradient)
    }
    return search.point[0]
  }

  @Test func eventsAreThoseOfTheNotebook() {
    #expect(signal.count == 300 && background.count == 8000)
    #expect(background[0] == 57.64052345967664 && signal[0] == 54.98922377946418)
  }

  @Test func derivativesAtFortyFour() throws {
    var gradient: [Double] = []
    let value = try tape().gradient(at: [44, 1], into: &gradient)
    #expect(abs(-value - 4.972635184266029) < 1e-12)
    #expect(abs(-gradient[0] - 0.032421857817526) < 1e-12)
    #expect(abs(-gradient[1] - 0.175797732908426) < 1e-12)
  }

  @Test(arguments: [
    (0.25, 42.49732, 4.198783), (0.5, 44.23484, 4.731411), (1, 44.849906, 4.987126),
  ])
  func optimaOfSmoothCuts(_ steepness: Double, _ cut: Double, _ z: Double) throws {
    let tape = tape()
    let found = try optimum(tape, from: 40, steepness: steepness)
    #expect(abs(found - cut) < 1e-5)
    #expect(abs(-(try tape.value(at: [found, steepness])[0]) - z) < 1e-6)
  }

  @Test func largeSteepnessIsNoOverflow() throws {
    // 1/(1 + exp(z)) overflows beyond z = 709, and Z of no events is 0/0.
    var gradient: [Double] = []
    for cut in [-50.0, 20, 44, 70] {
      let value = try tape().gradient(at: [cut, 1e4], into: &gradient)
      #expect(value <= 0 && gradient[0].isFinite)
    }
    #expect(abs(try sharp(0) - 3.333460) < 1e-6)
  }

  @Test func annealedCutEndsAtTheSharpOptimum() throws {
    let tape = tape()
    var cut = 20.0, steepness = 0.1
    for next in [0.1, 0.2, 0.5, 1, 2, 5, 20] {
      steepness = next
      cut = try optimum(tape, from: cut, steepness: next)
    }
    // Every event within ten widths of the last smooth step is a candidate.
    let candidates = (signal + background).filter { abs($0 - cut) < 10 / steepness }
    let best = try #require(
      try candidates.map { (cut: $0, z: try sharp($0)) }.max { $0.z < $1.z })
    #expect(abs(best.cut - 45.45657) < 1e-5)
    #expect(best.z >= 5.1468)
    #expect(abs(best.z - 5.146838) < 1e-6)
  }

  /// The quantiles of both distributions in place of random numbers.
  @Test(arguments: [(0.5, 44.148976, 0.004872654), (2, 44.821068, 0.038963608)])
  func quantilesInPlaceOfEvents(_ steepness: Double, _ cut: Double, _ slope: Double) throws {
    let even = SigmoidCutTests(
      signal: Self.quantiles(300, 50, 5), background: Self.quantiles(8000, 40, 10))
    let tape = even.tape()
    #expect(abs(try even.optimum(tape, from: 40, steepness: steepness) - cut) < 1e-5)
    var gradient: [Double] = []
    _ = try tape.gradient(at: [44, steepness], into: &gradient)
    #expect(abs(-gradient[0] - slope) < 1e-9)
  }

  private init(signal: [Double], background: [Double]) {
    self.signal = signal
    self.background = background
  }

  /// μ + σ Φ⁻¹((i − ½)/n), by the roots of Φ(z) = p.
  private static func quantiles(_ count: Int, _ mean: Double, _ width: Double) -> [Double] {
    let builder = TapeBuilder()
    let tape = builder.tape(of: normalCDF(builder.input(count: 1)))
    return (1...count).map { index in
      let target = (Double(index) - 0.5) / Double(count)
      var lower = -6.0, upper = 6.0
      while upper - lower > 1e-14 {
        let middle = 0.5 * (lower + upper)
        // Φ of a finite number is one.
        if ((try? tape.value(at: [middle]))?.first ?? 0) < target {
          lower = middle
        } else {
          upper = middle
        }
        if middle == lower && middle == upper || upper.ulp > upper - lower { break }
      }
      return mean + width * 0.5 * (lower + upper)
    }
  }
}
