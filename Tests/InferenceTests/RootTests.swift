// SPDX-License-Identifier: Apache-2.0
import Foundation
import Inference
import Testing

@Suite struct RootTests {
  @Test("Roots of increasing functions, whatever the guess", arguments: [1e-6, 0.3, 1, 7, 1e8])
  func roots(guess: Double) {
    let square = IncreasingRoot().solve(target: 2, guess: guess) { ($0 * $0, 2 * $0) }
    #expect(square.root.map { abs($0 - 2.0.squareRoot()) < 1e-8 } == true)
    let saturating = IncreasingRoot().solve(target: 0.9, guess: guess) { (1 - exp(-$0), exp(-$0)) }
    #expect(saturating.root.map { abs($0 - log(10)) < 1e-8 } == true)
  }

  @Test("A kink is survived by bisection, and a jump over the target is no root")
  func unpleasantFunctions() {
    let kink = IncreasingRoot().solve(target: 4, guess: 0.1) { x in
      x < 2 ? (0.1 * x, 0.1) : (0.2 + 10 * (x - 2), 10)
    }
    #expect(kink.root.map { abs($0 - 2.38) < 1e-8 } == true)
    let jump = IncreasingRoot().solve(target: 1, guess: 0.1) { x in
      (x < 3 ? 0 : 2, 0)
    }
    guard case .notConverged(let lower, let upper) = jump else {
      Issue.record("\(jump)")
      return
    }
    #expect(lower < 3 && 3 <= upper && upper - lower < 1e-9)
    // Slopes of noise don't make a root of it either.
    let noise = IncreasingRoot().solve(target: 1, guess: 0.1) { x in
      (x < 3 ? 0 : 2, 1e9)
    }
    #expect(noise.root == nil)
    // What jumps next to the target has its root there.
    let step = IncreasingRoot().solve(target: 1, guess: 0.1) { x in
      (x < 3 ? 0.999 : 2, 0)
    }
    #expect(step.root.map { abs($0 - 3) < 1e-9 } == true)
  }

  @Test("A function that never gets there has no root")
  func noRoot() {
    #expect(IncreasingRoot().solve(target: 1, guess: 1) { _ in (0.5, 0) } == .staysBelow)
    #expect(IncreasingRoot().solve(target: 1, guess: 1) { _ in (2, 0) } == .staysAbove)
  }

  @Test("The edge of where a function is a number is no root")
  func undefinedFunction() {
    let edge = IncreasingRoot().solve(target: 5, guess: 1) { ($0 < 3 ? $0 : .nan, 0) }
    #expect(edge == .undefined(at: 8))
    #expect(IncreasingRoot().solve(target: 2, guess: 1) { ($0 < 3 ? $0 : .nan, 1) } == .found(2))
  }

  @Test(
    "A guess that can't be one doesn't matter",
    arguments: [0, -3, Double.nan, .infinity, -.infinity])
  func uselessGuess(guess: Double) throws {
    let outcome = IncreasingRoot().solve(target: 2, guess: guess) { ($0 * $0, 2 * $0) }
    let root = try #require(outcome.root)
    #expect(abs(root - 2.0.squareRoot()) < 1e-8)
  }

  @Test("Errors of the function come through")
  func errors() {
    struct Failure: Error {}
    #expect(throws: Failure.self) {
      _ = try IncreasingRoot().solve(target: 1, guess: 1) { _ in throw Failure() }
    }
  }

  @Test("An inverse curve is exact at its points, third order between and linear beyond")
  func inverseCurve() throws {
    var curve = InverseCurve()
    #expect(curve.variable(at: 1) == nil)
    for x in [2.0, 1, 3] { curve.add(x, value: x * x, derivative: 2 * x) }
    for x in [1.0, 2, 3] { #expect(curve.variable(at: x * x) == x) }
    let between = try #require(curve.variable(at: 2.5 * 2.5))
    // (5⁴/384) · max |d⁴√y/dy⁴| on 4…9.
    #expect(abs(between - 2.5) < 0.012)
    let beyond = try #require(curve.variable(at: 10))
    #expect(abs(beyond - (3 + 1.0 / 6)) < 1e-12)
    let below = try #require(curve.variable(at: 0.5))
    #expect(abs(below - 0.75) < 1e-12)
    // A point without slope tells nothing.
    curve.add(2.4, value: 100, derivative: 0)
    #expect(curve.variable(at: 10) == beyond)
  }
}
