// SPDX-License-Identifier: Apache-2.0
import Differentiation
import Foundation
import Testing

@Suite struct OptimisationTests {
  /// Rosenbrock's valley in many dimensions, minimum 0 at (1, 1, …).
  private static func valley(_ x: [Double], _ gradient: inout [Double]) -> Double {
    var value = 0.0
    for i in gradient.indices { gradient[i] = 0 }
    for i in 0..<x.count - 1 {
      let a = 1 - x[i], b = x[i + 1] - x[i] * x[i]
      value += a * a + 100 * b * b
      gradient[i] += -2 * a - 400 * x[i] * b
      gradient[i + 1] += 200 * b
    }
    return value
  }

  @Test(arguments: [2, 5, 20])
  func quasiNewtonFindsTheEndOfAValley(_ count: Int) throws {
    var search = LimitedMemoryBFGS(start: Array(repeating: -1.2, count: count))
    try search.minimise(tolerance: 1e-9, Self.valley)
    #expect(search.slope <= 1e-9)
    // L-BFGS-B of scipy 1.17.1 needs 37 evaluations in two dimensions; thrice that would be odd.
    if count == 2 { #expect(search.evaluations < 111) }
    // From −1.2 in many dimensions there is a second minimum with x₀ near −1; both are minima.
    for x in search.point.dropFirst() { #expect(abs(x - 1) < 1e-6) }
  }

  @Test func quadraticEndsInFewSteps() throws {
    var search = LimitedMemoryBFGS(start: [5, -3, 2])
    try search.minimise { x, gradient in
      gradient = [2 * x[0], 20 * x[1], 200 * x[2]]
      return x[0] * x[0] + 10 * x[1] * x[1] + 100 * x[2] * x[2]
    }
    #expect(search.steps < 25)
    for x in search.point { #expect(abs(x) < 1e-8) }
  }

  @Test func storedSearchGoesOnAsIfNothingHadHappened() throws {
    let start = [-1.2, 1, 0.5]
    var through = LimitedMemoryBFGS(start: start), halted = through
    try through.minimise(limit: 20, Self.valley)
    for _ in 0..<4 {
      try halted.minimise(limit: halted.steps + 5, Self.valley)
      halted = try JSONDecoder().decode(
        LimitedMemoryBFGS.self, from: try JSONEncoder().encode(halted))
    }
    #expect(halted == through)
    #expect(halted.steps == 20)
  }

  @Test func checkpointSeesEveryStep() throws {
    var search = LimitedMemoryBFGS(start: [-1.2, 1])
    var seen: [Int] = []
    try search.minimise(limit: 7, checkpoint: { seen.append($0.steps) }, Self.valley)
    #expect(seen == [1, 2, 3, 4, 5, 6, 7])
  }

  @Test func searchComesBackFromBeyondTheDomain() throws {
    // x − log x is infinite at 0, and the first step from 0.05 would go far beyond.
    let builder = TapeBuilder()
    let x = builder.input(count: 1)
    let tape = builder.tape(of: log(x) * log(x) + x - log(x))
    var search = LimitedMemoryBFGS(start: [4])
    try search.minimise { try tape.gradient(at: $0, into: &$1) }
    #expect(abs(search.point[0] - 1) < 1e-8)
  }

  @Test func errorsOfTheObjectiveArePassedOn() {
    struct Interrupted: Error {}
    var search = LimitedMemoryBFGS(start: [1])
    var calls = 0
    #expect(throws: Interrupted.self) {
      try search.minimise { _, gradient in
        calls += 1
        if calls > 1 { throw Interrupted() }
        gradient = [1]
        return 1
      }
    }
  }

  /// Three steps worked out by hand from algorithm 1 of arXiv:1412.6980 with rate 0.1, for the
  /// gradients 1, −2, 0.5: bias-corrected means 1, −0.578947368421053, −0.180811808118081 and squares
  /// 1, 2.500750375187594, 1.749749499583083 (computed with exact fractions).
  @Test func adamIsThatOfThePaper() {
    var adam = Adam(count: 1, rate: 0.1)
    var point = [3.0]
    for gradient in [1.0, -2, 0.5] { adam.step(&point, gradient: [gradient]) }
    let steps = [
      1 / (1.0 + 1e-8), -0.578947368421053 / (2.500750375187594.squareRoot() + 1e-8),
      -0.180811808118081 / (1.749749499583083.squareRoot() + 1e-8),
    ]
    #expect(abs(point[0] - (3 - 0.1 * steps.reduce(0, +))) < 1e-12)
    #expect(adam.steps == 3)
  }

  @Test func storedAdamGoesOnAsIfNothingHadHappened() throws {
    var through = Adam(count: 2, rate: 0.01), halted = through
    var first = [-1.2, 1.0], second = first
    var gradient = [0.0, 0]
    for _ in 0..<50 {
      _ = Self.valley(first, &gradient)
      through.step(&first, gradient: gradient)
      _ = Self.valley(second, &gradient)
      halted.step(&second, gradient: gradient)
      halted = try JSONDecoder().decode(Adam.self, from: try JSONEncoder().encode(halted))
    }
    #expect(first == second)
    #expect(through == halted)
  }

  @Test func randomNumbersAreAFunctionOfSeedStreamAndCounter() throws {
    var first = CounterRandom(seed: 3, stream: 7), other = CounterRandom(seed: 3, stream: 8)
    let numbers = (0..<1000).map { _ in first.uniform() }
    #expect(numbers != (0..<1000).map { _ in other.uniform() })
    var again = CounterRandom(seed: 3, stream: 7)
    for _ in 0..<500 { _ = again.uniform() }
    again = try JSONDecoder().decode(CounterRandom.self, from: try JSONEncoder().encode(again))
    #expect(Array(numbers[500...]) == (0..<500).map { _ in again.uniform() })
    #expect(abs(numbers.reduce(0, +) / 1000 - 0.5) < 0.03)
  }

  @Test func batchesAreDrawnWithoutRepetition() {
    var random = CounterRandom(seed: 1)
    var counts = Array(repeating: 0, count: 20)
    for _ in 0..<4000 {
      let batch = random.sample(5, from: 20)
      #expect(Set(batch).count == 5)
      for event in batch { counts[event] += 1 }
    }
    // 1000 expected, a standard deviation of 27.
    for count in counts { #expect(abs(count - 1000) < 140) }
  }
}
