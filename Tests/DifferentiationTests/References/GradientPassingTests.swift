// SPDX-License-Identifier: Apache-2.0
import Differentiation
import Testing

/// z = Σ β x α³ in two programs that know each other's numbers only: L. Heinrich's notebook
/// "differentiate through file".
@Suite struct GradientPassingTests {
  /// y = β x α³ of the inputs α and β.
  private func first(_ x: [Double]) -> Tape {
    let builder = TapeBuilder()
    let alpha = builder.input(count: 1), beta = builder.input(count: 1)
    return builder.tape(of: beta * builder.constant(x) * (alpha * alpha * alpha))
  }

  /// z = Σ y.
  private func second(_ count: Int) -> Tape {
    let builder = TapeBuilder()
    return builder.tape(of: sum(builder.input(count: count)))
  }

  @Test func cotangentsPassBetweenTwoTapes() throws {
    let first = first([1, 2, 3]), second = second(3)
    var cotangent: [Double] = [], gradient: [Double] = []
    let y = try first.value(at: [0.5, 1])
    #expect(y == [0.125, 0.25, 0.375])
    #expect(try second.gradient(at: y, into: &cotangent) == 0.75)
    #expect(cotangent == [1, 1, 1])
    try first.pullBack(cotangent, at: [0.5, 1], into: &gradient)
    #expect(gradient == [4.5, 0.75])
  }

  @Test func gradientsOfBatchesAddUp() throws {
    let x = (1...10).map(Double.init)
    var whole: [Double] = []
    try first(x).pullBack(Array(repeating: 1, count: 10), at: [0.5, 1], into: &whole)
    #expect(whole == [41.25, 6.875])
    var sum = [0.0, 0.0], part: [Double] = []
    for batch in [x[..<4], x[4...]] {
      try first(Array(batch)).pullBack(batch.map { _ in 1 }, at: [0.5, 1], into: &part)
      sum = zip(sum, part).map(+)
    }
    #expect(sum == [41.25, 6.875])
  }

  @Test func severalCotangentsAtOnePoint() throws {
    let (value, gradients) = try first([1, 2, 3]).pullBack(
      [[1, 1, 1], [0, 0, 1], [1, -1, 0]], at: [0.5, 1])
    #expect(value == [0.125, 0.25, 0.375])
    #expect(gradients == [[4.5, 0.75], [2.25, 0.375], [-0.75, -0.125]])
    #expect(try first([1, 2]).jacobian(at: [0.5, 1]) == [[0.75, 0.125], [1.5, 0.25]])
  }

  @Test func batchesReplaceAConstant() throws {
    let builder = TapeBuilder()
    let scale = builder.input(count: 1), x = builder.constant([1, 2])
    let tape = builder.tape(of: sum(scale * x * x))
    var gradient: [Double] = []
    #expect(try tape.gradient(at: [2], into: &gradient) == 10)
    tape.replace(x, with: [3, 4])
    #expect(try tape.gradient(at: [2], into: &gradient) == 50)
    #expect(gradient == [25])
    #expect(tape.lastValue(of: x) == [3, 4])
  }
}
