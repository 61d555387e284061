// SPDX-License-Identifier: Apache-2.0
import Differentiation
import Foundation
import Testing

/// Mistakes that others made, each with what would have shown it.
@Suite struct TrapTests {
  private func gradient(_ x: [Double], _ body: (Variable) -> Variable) throws -> (
    Double, [Double]
  ) {
    let builder = TapeBuilder()
    var gradient: [Double] = []
    let value = try builder.tape(of: body(builder.input(count: x.count)))
      .gradient(at: x, into: &gradient)
    return (value, gradient)
  }

  // √q at q = 0: pyhf's issue 529.

  @Test(arguments: [0.0, -1e-12, -3])
  func rootOfAVanishingStatisticIsFlat(_ q: Double) throws {
    // q(φ) = φ² has its zero at φ = 0; below it, the best fit lies beyond the tested value.
    let (value, slope) = try gradient([0]) { rootOfStatistic($0 * $0 + q) }
    #expect(value == 0 && slope == [0])
    let (logCLs, flat) = try gradient([q]) { expectedLogCLs($0) }
    #expect(logCLs == 0 && flat == [0])
  }

  @Test func rootOfAStatisticIsTheRootWhereItMatters() throws {
    for q in [1e-6, 1e-2, 1, 4, 100] {
      let (value, slope) = try gradient([q]) { rootOfStatistic($0) }
      #expect(abs(value - q.squareRoot()) < 1e-8 * q.squareRoot())
      if q >= 1e-2 { #expect(abs(value - q.squareRoot()) < 1e-12 * q.squareRoot()) }
      #expect(abs(slope[0] - 0.5 / q.squareRoot()) < 1e-7 * slope[0])
    }
  }

  // CLs that underflow.

  @Test(arguments: [100.0, 2000, 1e5])
  func logarithmOfCLsStaysUsefulWhereCLsUnderflows(_ q: Double) throws {
    let (value, slope) = try gradient([q]) { expectedLogCLs($0) }
    // −q/2 − log √(q π/2) and smaller terms; d/dq = −½ − 1/(2q) + …
    let expected = -q / 2 - 0.5 * log(q * .pi / 2)
    #expect(abs(value - expected) < 1.1 / q)
    #expect(abs(slope[0] + 0.5 + 0.5 / q) < 1.1 / (q * q))
    if q >= 2000 { #expect(exp(value) == 0) }
  }

  @Test func bandIsThatOfTheFormula() throws {
    // q = 4: Φ(−2 + N)/Φ(N), from tables of Φ with 15 digits.
    let expected = [
      -2.0: 3.167124183311986e-05 / 0.022750131948179195,
      0: 0.022750131948179195 / 0.5, 1: 0.15865525393145707 / 0.8413447460685429,
    ]
    for (sigmas, cls) in expected {
      let (value, _) = try gradient([4]) { expectedLogCLs($0, sigmas: sigmas) }
      #expect(abs(exp(value) - cls) < 1e-12)
    }
  }

  // The sign of the stopped gradient on Asimov data.

  /// One bin, s = 10 + φ, λ = 20 + 3φ: the variance of μ̂ is 1/H with H = n s²/λ², n = λ.
  @Test func asimovDataFollowTheParameters() throws {
    let (value, right) = try gradient([0]) { phi in
      let s = 10 + phi, rate = 20 + 3 * phi
      return rate / (s * s)
    }
    #expect(abs(value - 0.2) < 1e-15)
    // log H = 2 log s − log λ: d log H = 0.2 − 0.15, so that the uncertainty falls.
    #expect(abs(right[0] / value + 0.05) < 1e-15)
    // With n held at 20 it would seem to rise: 0.2 − 0.3.
    let (_, wrong) = try gradient([0]) { phi in
      let s = 10 + phi, rate = 20 + 3 * phi
      return rate * rate / (20 * s * s)
    }
    #expect(wrong[0] > 0 && right[0] < 0)
  }

  /// The same through a fit: q of the Asimov data depends on φ through the data too.
  @Test func statisticOfAsimovDataAgreesWithDifferences() throws {
    let builder = TapeBuilder()
    let phi = builder.input(count: 1), fit = OneBinTests.fit()
    let right = builder.tape(
      of: OneBinTests.logCLs(phi, mu: builder.constant([1]), fit))
    #expect(try checkGradient(of: right, at: [6]).reverseDeviation < 1e-9)
    // Data that stay at n(6) and τ(6): another derivative altogether.
    let stopped = TapeBuilder()
    let moving = stopped.input(count: 1)
    let n = stopped.constant([33]), tau = stopped.constant([33 * 33 / (8.2 * 8.2)])
    let held = stopped.tape(
      of: 2
        * OneBinTests.fit().value(
          at: concatenate([stopped.constant([1]), n, 15 + moving, 45 - 2 * moving, tau])))
    var first: [Double] = [], second: [Double] = []
    _ = try right.gradient(at: [6], into: &first)
    _ = try held.gradient(at: [6], into: &second)
    // log CLs falls while q rises: the signs should differ, and do not.
    #expect(first[0] > 0)
    #expect(abs(second[0]) > 1e-3)
    let check = try checkGradient(of: held, at: [6])
    #expect(check.reverseDeviation < 1e-9)
  }

  // Empty bins and the discovery loss.

  @Test func emptyBinWinsNothingWhereItsUncertaintyIsKnown() throws {
    // b = 0.08 of 2 simulated events of weight 0.04, s = 5.7: the exploit of the reference.
    let plain = try gradient([5.7, 0.08]) {
      discoveryStatistic(signal: $0[0], background: $0[1])
    }.0
    let honest = try gradient([5.7, 0.08]) {
      discoveryStatistic(
        signal: $0[0], background: $0[1], variance: $0.constant([2 * 0.04 * 0.04]))
    }.0
    #expect(plain.squareRoot() > 6)
    #expect(honest < plain)
    // The last background event leaves the bin: without the variance a gain without limit.
    let (_, greedy) = try gradient([1e-6]) {
      discoveryStatistic(signal: $0.constant([5]), background: $0)
    }
    #expect(greedy[0] < -1e6)
    for b in [1e-3, 1e-6, 1e-9] {
      let (q, _) = try gradient([b]) {
        discoveryStatistic(
          signal: $0.constant([5]), background: $0, variance: $0.constant([0.04]))
      }
      #expect(q < 30 * b / 0.04 * 5 && q >= 0)
    }
  }

  @Test func varianceGoingToZeroIsTheKnownBackground() throws {
    let plain = try gradient([12, 60]) {
      discoveryStatistic(signal: $0[0], background: $0[1])
    }
    let nearly = try gradient([12, 60]) {
      discoveryStatistic(
        signal: $0[0], background: $0[1], variance: $0.constant([1e-7]))
    }
    #expect(abs(plain.0 - nearly.0) < 1e-6)
    for i in 0..<2 { #expect(abs(plain.1[i] - nearly.1[i]) < 1e-6) }
  }

  @Test func fewSignalEventsAmongManyKeepTheirSignificance() throws {
    // q = s²/b (1 − s/(3b) + …): as differences of numbers near s, nothing but rounding.
    for s in [1e-3, 1e-6] {
      let (q, slope) = try gradient([s]) {
        discoveryStatistic(signal: $0, background: $0.constant([1e4]))
      }
      #expect(abs(q / (s * s / 1e4) - 1) < s / 1e4)
      #expect(abs(slope[0] / (2 * s / 1e4) - 1) < s / 1e4)
    }
  }

  @Test func varianceOfSmearedEventsComesWithTheSum() throws {
    // Two events of weight 0.04 deep inside a bin, and hardly a part of a third one.
    let builder = TapeBuilder()
    let histogram = KernelHistogram(
      of: builder.input(count: 3), weights: builder.constant([0.04, 0.04, 1]),
      edges: builder.constant([0, 1, 2]), bandwidth: builder.constant([0.05]), tails: .dropped)
    let values = try builder.tape(of: concatenate([histogram.sumW, histogram.sumW2]))
      .value(at: [0.4, 0.5, 1.5])
    #expect(abs(values[0] - 0.08) < 1e-12 && abs(values[2] - 0.0032) < 1e-12)
  }

  // Tails of a smeared histogram.

  @Test func foldedTailsLoseNothing() throws {
    var random = CounterRandom(seed: 4)
    let x = (0..<300).map { _ in 3 * random.normal() }
    let builder = TapeBuilder()
    let values = builder.input(count: 300)
    func total(_ tails: KernelHistogram.Tails) -> Variable {
      sum(
        KernelHistogram(
          of: values, weights: builder.constant([1]), edges: builder.constant([-1, 0, 2]),
          bandwidth: builder.constant([0.4]), tails: tails
        ).sumW)
    }
    let totals = try builder.tape(of: concatenate([total(.folded), total(.dropped)])).value(at: x)
    #expect(abs(totals[0] - 300) < 1e-10)
    #expect(totals[1] < 200)
  }

  @Test func edgesThatCrossAreRefused() throws {
    let builder = TapeBuilder()
    let edges = builder.input(count: 3)
    let tape = builder.tape(
      of: KernelHistogram(
        of: builder.constant([1, 2]), weights: builder.constant([1]), edges: edges,
        bandwidth: builder.constant([0.1]), tails: .folded
      ).sumW)
    do {
      _ = try tape.value(at: [0, 2, 1.5])
      Issue.record("edges out of order were accepted")
    } catch {
      #expect(error.description.contains("edge 2 at 1.5 lies below edge 1 at 2.0"))
    }
  }
}
