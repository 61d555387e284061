// SPDX-License-Identifier: Apache-2.0

/// y(φ) with F(y, φ) = 0, such as a limit μ(φ) with log CLs(μ, φ) = log 0.05: as a node of a tape,
/// differentiated by dy = −(∂F/∂y)⁻¹ ∂F/∂φ dφ.
public final class ImplicitRoot {
  private let tape: Tape
  private let start: [Double]
  private var last: (outer: [Double], solution: Solution)?

  /// A root and the factors of ∂F/∂y there.
  fileprivate struct Solution {
    let point: [Double]
    let factors: LUFactors
  }

  /// - Parameters:
  ///   - tape: F, of inputs y and then φ, with as many results as y has elements. It belongs to this
  ///     object from now on.
  ///   - start: y to begin Newton's method with.
  public init(of tape: Tape, start: [Double]) {
    precondition(
      tape.resultCount == start.count && start.count <= tape.inputCount,
      "\(tape.resultCount) equations of \(tape.inputCount) inputs for \(start.count) unknowns")
    self.tape = tape
    self.start = start
  }

  /// y(φ) for φ of another computation.
  public func point(at outer: Variable) -> Variable {
    outer.builder.apply(RootPoint(root: self), to: [outer])
  }

  fileprivate var innerCount: Int { start.count }
  fileprivate var outerCount: Int { tape.inputCount - start.count }

  /// The root for φ, remembered for the last φ.
  fileprivate func solve(_ outer: UnsafeBufferPointer<Double>) throws -> Solution {
    if let last, last.outer.elementsEqual(outer) { return last.solution }
    let numbers = Array(outer)
    var point = start
    var size = norm(try tape.value(at: point + numbers))
    for _ in 0..<100 {
      let (value, rows) = try linearised(point + numbers)
      guard let factors = LUFactors(rows) else { break }
      let step = factors.solve(value)
      let moved = zip(point, step).allSatisfy { abs($1) <= 1e-14 * max(abs($0), 1e-300) }
      guard !moved, let next = descend(point, step, numbers, size) else {
        let isSmall = zip(point, step).allSatisfy { abs($1) <= 1e-8 * max(abs($0), 1e-8) }
        guard isSmall else { break }
        let solution = Solution(point: point, factors: factors)
        last = (numbers, solution)
        return solution
      }
      point = next.point
      size = next.size
    }
    throw Refusal(
      description: "no root was found from \(start): Newton's method ended at \(point), where the "
        + "equations are off by \(size); another start may help")
  }

  /// φ̄ −= (∂F/∂φ)ᵀ (∂F/∂y)⁻ᵀ ȳ.
  fileprivate func pullBack(
    _ adjoint: [Double], at outer: UnsafeBufferPointer<Double>
  ) throws -> ArraySlice<Double> {
    let solution = try solve(outer)
    let multipliers = solution.factors.solveTransposed(adjoint)
    var gradient: [Double] = []
    try tape.pullBack(multipliers, at: solution.point + Array(outer), into: &gradient)
    return gradient[innerCount...]
  }

  fileprivate func pushForward(
    _ direction: UnsafeBufferPointer<Double>, at outer: UnsafeBufferPointer<Double>
  ) throws -> [Double] {
    let solution = try solve(outer)
    var tangent: [Double] = []
    try tape.pushForward(
      start.map { _ in 0 } + Array(direction), at: solution.point + Array(outer), into: &tangent)
    return solution.factors.solve(tangent).map { -$0 }
  }

  /// F and ∂F/∂y.
  private func linearised(_ point: [Double]) throws -> (value: [Double], rows: [[Double]]) {
    let units = start.indices.map { row in start.indices.map { $0 == row ? 1.0 : 0 } }
    let (value, gradients) = try tape.pullBack(units, at: point)
    return (value, gradients.map { Array($0[..<innerCount]) })
  }

  /// A point nearer to the root along −step.
  private func descend(
    _ point: [Double], _ step: [Double], _ outer: [Double], _ size: Double
  ) -> (point: [Double], size: Double)? {
    var length = 1.0
    for _ in 0..<30 {
      let moved = zip(point, step).map { $0 - length * $1 }
      // Outside the function's domain: closer.
      if let value = try? tape.value(at: moved + outer), norm(value) < size {
        return (moved, norm(value))
      }
      length *= 0.5
    }
    return nil
  }

  private func norm(_ numbers: [Double]) -> Double {
    numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}

private struct RootPoint: Primitive {
  let root: ImplicitRoot
  var name: String { "implicit function" }

  func resultCount(of counts: [Int]) -> Int? {
    counts == [root.outerCount] ? root.innerCount : nil
  }

  func evaluate(
    _ operands: Operands, into result: UnsafeMutableBufferPointer<Double>
  ) throws {
    _ = result.update(fromContentsOf: try root.solve(operands[0]).point)
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) throws {
    let toOuter = adjoints[0]
    for (i, slope) in try root.pullBack(Array(adjoint), at: operands[0]).enumerated() {
      toOuter[i] -= slope
    }
  }

  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) throws {
    _ = tangent.update(fromContentsOf: try root.pushForward(tangents[0], at: operands[0]))
  }
}
