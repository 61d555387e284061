// SPDX-License-Identifier: Apache-2.0
import Differentiation
import Foundation
import Testing

@Suite struct TapeTests {
  @Test func gradientOfLogSumExpIsSoftmax() throws {
    let builder = TapeBuilder()
    let x = builder.input(count: 3)
    let tape = builder.tape(of: log(sum(exp(x))))
    var gradient: [Double] = []
    let value = try tape.gradient(at: [0, 0, 0], into: &gradient)
    #expect(abs(value - 1.0986122886681098) < 1e-15)  // log 3
    for slope in gradient { #expect(abs(slope - 1.0 / 3) < 1e-15) }
  }

  @Test func inputsFollowOneAnother() throws {
    let builder = TapeBuilder()
    let x = builder.input(count: 2), y = builder.input(count: 1)
    let tape = builder.tape(of: y * sum(x))
    #expect(tape.inputCount == 3)
    var gradient: [Double] = []
    #expect(try tape.gradient(at: [2, 3, 7], into: &gradient) == 35)
    #expect(gradient == [7, 7, 5])
  }

  @Test func replayForgetsTheLastPoint() throws {
    let builder = TapeBuilder()
    let x = builder.input(count: 2)
    let tape = builder.tape(of: x[0] * x[1] + x[0])
    var gradient: [Double] = []
    _ = try tape.gradient(at: [3, 4], into: &gradient)
    let value = try tape.gradient(at: [5, 6], into: &gradient)
    #expect(value == 35)
    #expect(gradient == [7, 5])
  }

  @Test func vectorResultsHaveProductsWithTheirJacobian() throws {
    let builder = TapeBuilder()
    let x = builder.input(count: 2)
    let matrix = Matrix(rows: 3, columns: 2, elements: [1, 2, 3, 4, 5, 6])
    let tape = builder.tape(of: matrix * x)
    var gradient: [Double] = [], tangent: [Double] = []
    try tape.pullBack([1, 0, -1], at: [0, 0], into: &gradient)
    #expect(gradient == [-4, -4])
    try tape.pushForward([1, 1], at: [0, 0], into: &tangent)
    #expect(tangent == [3, 7, 11])
  }

  @Test func inputThatIsNotUsedHasNoGradient() throws {
    let builder = TapeBuilder()
    let x = builder.input(count: 2)
    _ = builder.input(count: 1)
    let tape = builder.tape(of: sum(x * builder.constant([2, 3])))
    var gradient: [Double] = []
    #expect(try tape.gradient(at: [1, 1, 9], into: &gradient) == 5)
    #expect(gradient == [2, 3, 0])
  }

  @Test func checkFindsAWrongDerivative() throws {
    let builder = TapeBuilder()
    let x = builder.input(count: 3)
    let tape = builder.tape(of: sum(builder.apply(WrongSquare(), to: [x])))
    let check = try checkGradient(of: tape, at: [1, 2, 3])
    #expect(check.reverseDeviation > 0.1)
    #expect(check.forwardDeviation < 1e-9)
  }

  /// The example of the article "Adding an operation".
  @Test func operationOfOnesOwn() throws {
    let builder = TapeBuilder()
    let tape = builder.tape(of: builder.apply(Softplus(), to: [builder.input(count: 4)]))
    let check = try checkGradient(of: tape, at: [-3, -0.1, 0.2, 5])
    #expect(check.reverseDeviation < 1e-9)
    #expect(check.forwardDeviation < 1e-9)
    #expect(try abs(tape.value(at: [0, 0, 0, 0])[0] - 0.6931471805599453) < 1e-15)
    // One variable as two operands, and used elsewhere too.
    let other = TapeBuilder()
    let x = other.input(count: 2)
    let twice = other.tape(of: dot(x, x) * sum(other.apply(Softplus(), to: [x])))
    #expect(try checkGradient(of: twice, at: [0.4, -1.2]).reverseDeviation < 1e-9)
  }

  private struct Softplus: Primitive {
    var name: String { "softplus" }
    func resultCount(of counts: [Int]) -> Int? { counts.count == 1 ? counts[0] : nil }
    func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
      let x = operands[0]
      for i in x.indices { result[i] = max(x[i], 0) + log1p(exp(-abs(x[i]))) }
    }
    func pullBack(
      _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
      operands: Operands, into adjoints: Adjoints
    ) {
      let x = operands[0], toX = adjoints[0]
      for i in x.indices { toX[i] += adjoint[i] / (1 + exp(-x[i])) }
    }
    func pushForward(
      _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
      into tangent: UnsafeMutableBufferPointer<Double>
    ) {
      let x = operands[0], along = tangents[0]
      for i in x.indices { tangent[i] = along[i] / (1 + exp(-x[i])) }
    }
  }

  /// A user's own operation, with a mistake in its transposed Jacobian.
  private struct WrongSquare: Primitive {
    var name: String { "wrong square" }
    func resultCount(of counts: [Int]) -> Int? { counts.count == 1 ? counts[0] : nil }
    func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
      let x = operands[0]
      for i in x.indices { result[i] = x[i] * x[i] }
    }
    func pullBack(
      _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
      operands: Operands, into adjoints: Adjoints
    ) {
      let x = operands[0], toX = adjoints[0]
      for i in x.indices { toX[i] += x[i] * adjoint[i] }
    }
    func pushForward(
      _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
      into tangent: UnsafeMutableBufferPointer<Double>
    ) {
      let x = operands[0], along = tangents[0]
      for i in x.indices { tangent[i] = 2 * x[i] * along[i] }
    }
  }
}
