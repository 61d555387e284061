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

  // The examples of the article "Adding an operation".

  @Test func functionOfOnesOwn() throws {
    let builder = TapeBuilder()
    let tape = builder.tape(of: builder.input(count: 4).map(InverseSinh()))
    let check = try checkGradient(of: tape, at: [-3, -0.1, 0.2, 5])
    #expect(check.reverseDeviation < 1e-9)
    #expect(check.forwardDeviation < 1e-9)
    #expect(try checkCurvature(of: tape, at: [-3, -0.1, 0.2, 5]) < 1e-8)
    #expect(try tape.value(at: [0, 0, 0, 1])[3] == 0.881373587019543)
  }

  @Test func operationOfOnesOwn() throws {
    let builder = TapeBuilder()
    let x = builder.input(count: 4)
    // Used twice, and beside other operations.
    let square = builder.apply(SquaredLength(), to: [x])
    let tape = builder.tape(of: square * exp(-0.1 * square) + sum(x))
    #expect(try tape.value(at: [1, 0, 0, 0])[0] == 1.9048374180359595)
    let check = try checkGradient(of: tape, at: [-3, -0.1, 0.2, 2])
    #expect(check.reverseDeviation < 1e-9)
    #expect(check.forwardDeviation < 1e-9)
    #expect(check.dualityDeviation < 1e-14)
    #expect(try checkCurvature(of: tape, at: [-3, -0.1, 0.2, 2]) < 1e-8)
  }

  private struct InverseSinh: ScalarFunction {
    let name = "inverse sinh"
    func value(_ x: Double) -> Double { asinh(x) }
    func slope(_ x: Double, _ y: Double) -> Double { 1 / cosh(y) }
    func curvature(_ x: Double, _ y: Double) -> Double { -sinh(y) / (cosh(y) * cosh(y) * cosh(y)) }
  }

  private struct SquaredLength: TwiceDifferentiable {
    let name = "squared length"
    func resultCount(of counts: [Int]) -> Int? { counts.count == 1 ? 1 : nil }
    func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) {
      result[0] = operands[0].reduce(0) { $0 + $1 * $1 }
    }
    func pullBack(
      _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
      operands: Operands, into adjoints: Adjoints
    ) {
      let x = operands[0], toX = adjoints[0]
      for i in x.indices { toX[i] += 2 * x[i] * adjoint[0] }
    }
    func pushForward(
      _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
      into tangent: UnsafeMutableBufferPointer<Double>
    ) {
      tangent[0] = zip(operands[0], tangents[0]).reduce(0) { $0 + 2 * $1.0 * $1.1 }
    }
    func pullBackTangent(
      of adjoint: Moving, result: Moving, operands: Operands, tangents: Operands,
      into adjointTangents: Adjoints
    ) {
      let x = operands[0], dx = tangents[0], toX = adjointTangents[0]
      for i in x.indices {
        toX[i] += 2 * (x[i] * adjoint.tangent[0] + dx[i] * adjoint.value[0])
      }
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
