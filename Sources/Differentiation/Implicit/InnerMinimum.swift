// SPDX-License-Identifier: Apache-2.0

/// min f(θ, φ) over θ within bounds, as a function of φ: a fit inside a computation.
///
/// The value is differentiated by the envelope theorem, the point θ̂ by the implicit-function theorem,
/// neither through the iterations. Parameters that end at a bound stay there while φ moves.
///
/// ```swift
/// let inner = TapeBuilder()
/// let theta = inner.input(count: 1), phi = inner.input(count: 3)
/// let fit = InnerMinimum(of: inner.tape(of: f), start: [0], lower: [-5], upper: [5])
/// let twiceDifference = 2 * (fit.value(at: yields) - other.value(at: yields))
/// ```
public final class InnerMinimum {
  let tape: Tape
  private let newton: BoundedNewton
  private let starts: [[Double]]
  private var last: (outer: [Double], solution: BoundedNewton.Solution)?

  /// - Parameters:
  ///   - tape: f, of inputs θ and then φ; its operations must be `TwiceDifferentiable`. It belongs
  ///     to this object from now on.
  ///   - start: θ to begin with; its length says which inputs are θ.
  ///   - lower: bounds of θ; nil for none.
  ///   - upper: bounds of θ; nil for none.
  ///   - otherStarts: further points to begin at; the lowest minimum counts.
  public init(
    of tape: Tape, start: [Double], lower: [Double]? = nil, upper: [Double]? = nil,
    otherStarts: [[Double]] = []
  ) {
    precondition(tape.resultCount == 1, "a minimum needs a scalar function")
    precondition(
      start.count <= tape.inputCount, "\(start.count) parameters of \(tape.inputCount) inputs")
    self.tape = tape
    starts = [start] + otherStarts
    newton = BoundedNewton(
      lower: lower ?? start.map { _ in -.infinity }, upper: upper ?? start.map { _ in .infinity })
  }

  /// Length of θ.
  var innerCount: Int { starts[0].count }
  /// Length of φ.
  var outerCount: Int { tape.inputCount - innerCount }

  /// f(θ̂(φ), φ) [1] for φ of another computation; twice differentiable.
  public func value(at outer: Variable) -> Variable {
    outer.builder.apply(MinimumValue(minimum: self), to: [outer])
  }

  /// θ̂(φ) for φ of another computation; once differentiable.
  public func point(at outer: Variable) -> Variable {
    outer.builder.apply(MinimumPoint(minimum: self), to: [outer])
  }

  /// The minimum for φ, remembered for the last φ.
  func solve(_ outer: UnsafeBufferPointer<Double>) throws -> BoundedNewton.Solution {
    if let last, last.outer.elementsEqual(outer) { return last.solution }
    let numbers = Array(outer)
    var best: BoundedNewton.Solution?
    var refusal: (any Error)?
    for start in starts {
      do {
        let found = try newton.minimise(tape, from: start, outer: numbers)
        if found.value < best?.value ?? .infinity { best = found }
      } catch {
        // One start may fail if another one doesn't.
        refusal = error
      }
    }
    guard let best else { throw refusal ?? Refusal(description: "no start") }
    last = (numbers, best)
    return best
  }

  /// How θ̂ moves while φ moves: −H⁻¹ ∂²f/∂θ∂φ dφ for the free parameters, 0 for those at a bound.
  func motion(
    _ solution: BoundedNewton.Solution, along outer: UnsafeBufferPointer<Double>
  ) throws -> [Double] {
    var product: [Double] = []
    try tape.hessianProduct(
      solution.point.map { _ in 0 } + Array(outer), at: solution.point + solution.outer,
      into: &product)
    return try solution.scatter(
      solution.factor().solve(solution.free.map { -product[$0] }))
  }
}
