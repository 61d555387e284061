// SPDX-License-Identifier: Apache-2.0
import Differentiation
import Testing

/// Numbers that aren't: who is blamed.
@Suite struct FailureTests {
  private func tape(_ function: (Variable) -> Variable, count: Int = 3) -> Tape {
    let builder = TapeBuilder()
    return builder.tape(of: function(builder.input(count: count)))
  }

  private func failure(_ body: () throws -> Void) -> TapeFailure? {
    do {
      try body()
      return nil
    } catch { return error as? TapeFailure }
  }

  @Test func operationThatMadeTheNaNIsNamed() throws {
    // The logarithm of a negative number, two operations before the end.
    let failing = tape { sum(2 * log($0 - 5)) }
    let found = try #require(failure { _ = try failing.value(at: [6, 4, 7]) })
    #expect(found.operation == "log")
    #expect(found.sweep == .value)
    #expect(found.position == 2)
    #expect(
      found.description
        == "the value isn't defined: 'log', operation 2 of the tape, gave nan in element 1 of 3 for "
        + "finite operands")
  }

  @Test func inputThatIsNoNumberIsNamed() throws {
    let found = try #require(
      failure { _ = try tape { exp($0) + 1 }.value(at: [1, .nan, 0]) })
    #expect(found.operation == nil)
    #expect(found.description.contains("an input of the computation holds nan in element 1 of 3"))
  }

  @Test func harmlessInfinityIsNoFailure() throws {
    #expect(try tape { 1 / exp($0) }.value(at: [800, 1000, 2000]) == [0, 0, 0])
  }

  @Test func infiniteSlopeIsNamedInTheGradient() throws {
    // √q at q = 0: the value is fine.
    let failing = tape { sum(sqrt($0[0..<2] - $0[1..<3])) }
    #expect(try failing.value(at: [1, 1, 1]) == [0])
    var gradient: [Double] = []
    let found = try #require(
      failure { _ = try failing.gradient(at: [2, 1, 1], into: &gradient) })
    #expect(found.operation == "squareRoot")
    #expect(found.sweep == .gradient)
    let forward = try #require(
      failure { try failing.pushForward([0, 1, 2], at: [2, 1, 1], into: &gradient) })
    #expect(forward.operation == "squareRoot")
    #expect(forward.sweep == .tangent)
  }

  @Test func infiniteSlopeThatNobodyAsksForIsHarmless() throws {
    var gradient: [Double] = []
    let tape = tape { sqrt($0)[1] }
    #expect(try tape.gradient(at: [0, 4, 0], into: &gradient) == 2)
    #expect(gradient == [0, 0.25, 0])
  }

  @Test func primitiveWithoutSecondDerivativesIsNamed() throws {
    var product: [Double] = []
    let builder = TapeBuilder()
    let x = builder.input(count: 2)
    let tape = builder.tape(of: sum(builder.apply(Rough(), to: [exp(x)])))
    let found = try #require(
      failure { try tape.hessianProduct([1, 1], at: [0, 0], into: &product) })
    #expect(found.operation == "rough")
    #expect(found.description.contains("'TwiceDifferentiable'"))
  }

  @Test func errorOfAPrimitiveIsPassedOn() throws {
    let builder = TapeBuilder()
    let tape = builder.tape(of: builder.apply(Rough(), to: [builder.input(count: 1)]))
    let found = try #require(failure { _ = try tape.value(at: [-1]) })
    #expect(found.description.contains("'rough', operation 1 of the tape, failed: negative"))
  }

  @Test func nothingIsHiddenByMaximaAndRectifiers() throws {
    for function: (Variable) -> Variable in [{ relu($0) }, { logSumExp($0) }, { softplus($0) }] {
      #expect(failure { _ = try tape(function).value(at: [0, .nan, 1]) } != nil)
    }
  }
}

private struct Rough: Primitive {
  struct Negative: Error, CustomStringConvertible { let description = "negative" }
  var name: String { "rough" }
  func resultCount(of counts: [Int]) -> Int? { counts.count == 1 ? counts[0] : nil }
  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) throws {
    for (i, x) in operands[0].enumerated() {
      if x < 0 { throw Negative() }
      result[i] = x
    }
  }
  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    let toX = adjoints[0]
    for i in adjoint.indices { toX[i] += adjoint[i] }
  }
  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) {
    for (i, x) in tangents[0].enumerated() { tangent[i] = x }
  }
}
