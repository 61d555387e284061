// SPDX-License-Identifier: Apache-2.0
import Differentiation
import Foundation
import Testing

/// The expected CLs of one bin with s = 15 + φ, b = 45 − 2φ and a Poisson constraint of width
/// 1 + φ²/5 on the background, after the example model of `relaxed`; reference numbers in closed form,
/// which agrees with pyhf 0.7.6 to 5·10⁻⁹.
@Suite struct OneBinTests {
  /// min over γ of −log L at μ, for φ = (μ, n, s, b, τ).
  static func fit() -> InnerMinimum {
    let builder = TapeBuilder()
    let gamma = builder.input(count: 1), outer = builder.input(count: 5)
    let rate = outer[0] * outer[2] + gamma * outer[3], auxiliary = gamma * outer[4]
    let nll = rate - outer[1] * log(rate) + auxiliary - outer[4] * log(auxiliary)
    return InnerMinimum(of: builder.tape(of: nll), start: [1], lower: [1e-10], upper: [10])
  }

  /// log CLs of φ at a signal strength, the Asimov data following φ.
  static func logCLs(_ phi: Variable, mu: Variable, _ fit: InnerMinimum) -> Variable {
    let s = 15 + phi, b = 45 - 2 * phi, width = 1 + 0.2 * phi * phi
    let tau = b * b / (width * width)
    let conditional = fit.value(at: concatenate([mu, b, s, b, tau]))
    // The data are those of μ = 0, γ = 1, which therefore is the free fit.
    let free = b - b * log(b) + tau - tau * log(tau)
    return expectedLogCLs(2 * (conditional - free))
  }

  private func tape() -> Tape {
    let builder = TapeBuilder()
    let phi = builder.input(count: 1)
    return builder.tape(of: exp(Self.logCLs(phi, mu: builder.constant([1]), Self.fit())))
  }

  @Test(arguments: [
    (0, 0.0442470517668, -0.0167894520, 0.9945428823),
    (2.5, 0.0186298745631, -0.0045365986, 0.9649539396),
    (5, 0.0195425457539, 0.0055127389, 0.7866566676),
    (7.5, 0.0474830917420, 0.0155773333, 0.4999421453),
    (10, 0.0767512836592, 0.0013806850, 0.2316205273),
  ])
  func valuesAndDerivatives(_ phi: Double, _ cls: Double, _ slope: Double, _ gamma: Double) throws {
    let tape = tape()
    var gradient: [Double] = [], tangent: [Double] = []
    #expect(abs(try tape.gradient(at: [phi], into: &gradient) - cls) < 1e-11)
    #expect(abs(gradient[0] - slope) < 1e-9)
    try tape.pushForward([1], at: [phi], into: &tangent)
    #expect(abs(tangent[0] - slope) < 1e-9)
    let check = try checkGradient(of: tape, at: [phi])
    #expect(check.reverseDeviation < 1e-9)
    #expect(try checkCurvature(of: tape, at: [phi]) < 1e-8)
    // The fit's place.
    let builder = TapeBuilder()
    let place = builder.tape(of: Self.fit().point(at: builder.input(count: 5)))
    let b = 45 - 2 * phi, width = 1 + 0.2 * phi * phi
    let found = try place.value(at: [1, b, 15 + phi, b, b * b / (width * width)])[0]
    #expect(abs(found - gamma) < 1e-9)
  }

  @Test(arguments: [0, 7.5])
  func descentEndsInTheMinimum(_ start: Double) throws {
    let tape = tape()
    var search = LimitedMemoryBFGS(start: [start])
    try search.minimise(tolerance: 1e-12) { try tape.gradient(at: $0, into: &$1) }
    // The root of the derivative with 30 digits; the table's 3.6718947074 is 3·10⁻⁹ off.
    #expect(abs(search.point[0] - 3.67189470401641) < 1e-9)
    #expect(abs((search.value ?? 0) - 0.0159979526) < 1e-10)
  }

  /// μ₉₅(φ) is where log CLs is log 0.05; its derivative needs no fit of its own.
  @Test(arguments: [0, 2.5, 5])
  func limitsAreImplicitFunctions(_ phi: Double) throws {
    let inner = TapeBuilder()
    let mu = inner.input(count: 1), position = inner.input(count: 1)
    let excess = Self.logCLs(position, mu: mu, Self.fit()) - -2.995732273553991
    let limit = ImplicitRoot(of: inner.tape(of: excess), start: [1])
    let builder = TapeBuilder()
    let tape = builder.tape(of: log(limit.point(at: builder.input(count: 1))))
    let check = try checkGradient(of: tape, at: [phi])
    #expect(check.reverseDeviation < 1e-9)
    #expect(check.forwardDeviation < 1e-9)
    // By bisection of the closed form's CLs.
    let found = exp(try tape.value(at: [phi])[0])
    let other = TapeBuilder()
    let strength = other.input(count: 1)
    let cls = other.tape(of: exp(Self.logCLs(other.constant([phi]), mu: strength, Self.fit())))
    #expect(try cls.value(at: [found * (1 - 1e-9)])[0] > 0.05)
    #expect(try cls.value(at: [found * (1 + 1e-9)])[0] < 0.05)
  }
}
