// SPDX-License-Identifier: Apache-2.0
import Differentiation
import Testing

/// Minima and roots as functions: closed forms, differences, bounds.
@Suite struct ImplicitTests {
  /// min over θ of ½ a (θ − φ²)² + φ³, with value φ³ and place φ² while that is between the bounds.
  private func parabola(lower: Double = -100, upper: Double = 100) -> InnerMinimum {
    let builder = TapeBuilder()
    let theta = builder.input(count: 1), phi = builder.input(count: 1)
    let distance = theta - phi * phi
    return InnerMinimum(
      of: builder.tape(of: 1.5 * distance * distance + phi * phi * phi), start: [0.3],
      lower: [lower], upper: [upper])
  }

  private func tape(_ body: (Variable) -> Variable, count: Int = 1) -> Tape {
    let builder = TapeBuilder()
    return builder.tape(of: body(builder.input(count: count)))
  }

  @Test func valueFollowsTheEnvelope() throws {
    let minimum = parabola()
    let tape = tape { minimum.value(at: $0) }
    var gradient: [Double] = [], product: [Double] = []
    #expect(abs(try tape.gradient(at: [1.5], into: &gradient) - 3.375) < 1e-14)
    #expect(abs(gradient[0] - 6.75) < 1e-13)
    try tape.hessianProduct([1], at: [1.5], into: &product)
    #expect(abs(product[0] - 9) < 1e-12)
  }

  @Test func placeFollowsTheImplicitFunction() throws {
    let minimum = parabola()
    let tape = tape { minimum.point(at: $0) }
    var gradient: [Double] = [], tangent: [Double] = []
    #expect(abs(try tape.gradient(at: [1.5], into: &gradient) - 2.25) < 1e-14)
    #expect(abs(gradient[0] - 3) < 1e-13)
    try tape.pushForward([2], at: [1.5], into: &tangent)
    #expect(abs(tangent[0] - 6) < 1e-13)
  }

  @Test func parameterAtABoundStaysThere() throws {
    // The unbounded place is 2.25: value ½ · 3 (φ² − 2)² + φ³, slope 6 φ (φ² − 2) + 3 φ².
    let minimum = parabola(upper: 2)
    let place = tape { minimum.point(at: $0) }, value = tape { minimum.value(at: $0) }
    var gradient: [Double] = [], product: [Double] = []
    #expect(try place.gradient(at: [1.5], into: &gradient) == 2)
    #expect(gradient == [0])
    #expect(abs(try value.gradient(at: [1.5], into: &gradient) - 3.46875) < 1e-14)
    #expect(abs(gradient[0] - 9) < 1e-13)
    try value.hessianProduct([1], at: [1.5], into: &product)
    #expect(abs(product[0] - (18 * 2.25 - 12 + 9)) < 1e-12)
  }

  @Test func directionThatABoundHoldsMayBeFlat() throws {
    // f = (θ₀ − φ)² + θ₁ with θ₁ ≥ 0: no curvature along θ₁, so that the whole Hessian is singular.
    let builder = TapeBuilder()
    let theta = builder.input(count: 2), phi = builder.input(count: 1)
    let distance = theta[0] - phi
    let minimum = InnerMinimum(
      of: builder.tape(of: distance * distance + theta[1]), start: [0, 1], lower: [-9, 0],
      upper: [9, 9])
    let tape = tape { sum(minimum.point(at: $0)) }
    var gradient: [Double] = []
    #expect(abs(try tape.gradient(at: [3], into: &gradient) - 3) < 1e-12)
    #expect(abs(gradient[0] - 1) < 1e-12)
  }

  @Test func flatMinimumHasNoPlaceToFollow() throws {
    // θ₀ + θ₁ is determined, their difference isn't.
    let builder = TapeBuilder()
    let theta = builder.input(count: 2), phi = builder.input(count: 1)
    let distance = sum(theta) - phi
    let minimum = InnerMinimum(of: builder.tape(of: distance * distance), start: [0, 1])
    #expect(try tape { minimum.value(at: $0) }.value(at: [3])[0] < 1e-20)
    var gradient: [Double] = []
    let place = tape { sum(minimum.point(at: $0)) }
    #expect(throws: TapeFailure.self) { _ = try place.gradient(at: [3], into: &gradient) }
  }

  @Test func functionWithoutAMinimumIsRefused() throws {
    let builder = TapeBuilder()
    let theta = builder.input(count: 1), phi = builder.input(count: 1)
    let minimum = InnerMinimum(of: builder.tape(of: theta * phi), start: [0])
    do {
      _ = try tape { minimum.value(at: $0) }.value(at: [1])
      Issue.record("a straight line has no minimum")
    } catch {
      #expect(error.operation == "minimum")
      #expect(error.description.contains("no minimum was found from [0.0]"))
    }
  }

  /// −log L of three Poisson counts with two nuisance parameters: data, signal and background are φ.
  private func fit() -> InnerMinimum {
    let builder = TapeBuilder()
    let theta = builder.input(count: 2), phi = builder.input(count: 9)
    let n = phi[0..<3], s = phi[3..<6], b = phi[6..<9]
    let rates = exp(0.1 * theta[0]) * s + b * exp(theta[1] * builder.constant([0.05, -0.1, 0.2]))
    let nll = sum(rates - n * log(rates)) + 0.5 * dot(theta, theta)
    return InnerMinimum(of: builder.tape(of: nll), start: [0, 0])
  }

  @Test(arguments: 0..<10)
  func fitsAgreeWithDifferences(_ seed: UInt64) throws {
    var random = CounterRandom(seed: seed)
    let first = fit(), second = fit()
    let builder = TapeBuilder()
    let phi = builder.input(count: 9)
    // The same minimum twice on a tape, at different points.
    let tape = builder.tape(of: first.value(at: phi) * first.value(at: 1.1 * phi))
    let places = self.tape({ second.point(at: $0) }, count: 9)
    let point = (0..<9).map { _ in 5 + 10 * random.uniform() }
    let values = try checkGradient(of: tape, at: point, step: 1e-2, seed: seed)
    #expect(values.reverseDeviation < 1e-9)
    #expect(values.forwardDeviation < 1e-9)
    #expect(try checkCurvature(of: tape, at: point, step: 1e-2, seed: seed) < 1e-8)
    let check = try checkGradient(of: places, at: point, step: 1e-2, seed: seed)
    #expect(check.reverseDeviation < 1e-9)
    #expect(check.forwardDeviation < 1e-9)
  }

  @Test func rootOfACubic() throws {
    // y³ + y = φ: dy/dφ = 1/(3 y² + 1).
    let inner = TapeBuilder()
    let y = inner.input(count: 1), phi = inner.input(count: 1)
    let root = ImplicitRoot(of: inner.tape(of: y * y * y + y - phi), start: [0])
    let tape = tape { root.point(at: $0) }
    var gradient: [Double] = [], tangent: [Double] = []
    #expect(abs(try tape.gradient(at: [10], into: &gradient) - 2) < 1e-14)
    #expect(abs(gradient[0] - 1.0 / 13) < 1e-15)
    try tape.pushForward([13], at: [10], into: &tangent)
    #expect(abs(tangent[0] - 1) < 1e-14)
  }

  @Test(arguments: 0..<10)
  func rootsOfSystems(_ seed: UInt64) throws {
    var random = CounterRandom(seed: 40 + seed)
    let matrix = Matrix(rows: 3, columns: 3, elements: (0..<9).map { _ in random.normal() })
    let inner = TapeBuilder()
    let y = inner.input(count: 3), phi = inner.input(count: 2)
    let right = concatenate([phi, phi[0] * phi[1]])
    let root = ImplicitRoot(
      of: inner.tape(of: y + 0.3 * tanh(matrix * y) - right), start: [0, 0, 0])
    let tape = tape({ root.point(at: $0) }, count: 2)
    let check = try checkGradient(of: tape, at: [0.4, -0.7], seed: seed)
    #expect(check.reverseDeviation < 1e-8)
    #expect(check.forwardDeviation < 1e-8)
    #expect(check.dualityDeviation < 1e-13)
  }

  @Test func equationWithoutARootIsRefused() throws {
    let inner = TapeBuilder()
    let y = inner.input(count: 1), phi = inner.input(count: 1)
    let root = ImplicitRoot(of: inner.tape(of: y * y + phi), start: [1])
    #expect(throws: TapeFailure.self) { try tape { root.point(at: $0) }.value(at: [1]) }
  }
}
