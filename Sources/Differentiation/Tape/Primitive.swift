// SPDX-License-Identifier: Apache-2.0

/// A differentiable operation y = f(x₁, x₂, …) on vectors: a node of a `Tape`.
///
/// Conforming takes a value and two linear maps, the transposed Jacobian and the Jacobian. They are
/// called with the memory of the tape and must not keep the pointers or allocate much: a tape is
/// replayed many times. What they throw ends the replay as a `TapeFailure` that names the operation.
/// Add one to a tape with `TapeBuilder.apply(_:to:)`; a function of one number is less work as a
/// `ScalarFunction`.
public protocol Primitive {
  /// What messages call it.
  var name: String { get }

  /// Length of y for operands of these lengths; nil if f isn't defined for them.
  func resultCount(of counts: [Int]) -> Int?

  /// Writes y.
  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>) throws

  /// Adds Jᵢᵀ ȳ to the adjoint of every operand i, where ȳ is the adjoint of y.
  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints) throws

  /// Writes the tangent ẏ = Σ Jᵢ ẋᵢ.
  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>) throws
}

/// A primitive whose second derivatives are known, so that products with Hessians pass through it.
public protocol TwiceDifferentiable: Primitive {
  /// Adds to every operand's adjoint tangent how Jᵢᵀ ȳ changes while the operands move along their
  /// tangents and ȳ along its own: Jᵢᵀ dȳ + (dJᵢ)ᵀ ȳ.
  func pullBackTangent(
    of adjoint: Moving, result: Moving, operands: Operands, tangents: Operands,
    into adjointTangents: Adjoints) throws
}

/// Numbers and the tangent along which they move.
public struct Moving {
  /// The numbers [count].
  public let value: UnsafeBufferPointer<Double>
  /// How they change [count].
  public let tangent: UnsafeBufferPointer<Double>
}

/// A primitive without a second derivative: y is linear in all operands together.
///
/// The Jacobian is the map itself, and so is its change.
protocol LinearPrimitive: TwiceDifferentiable {}

extension LinearPrimitive {
  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) throws {
    try evaluate(tangents, into: tangent)
  }

  func pullBackTangent(
    of adjoint: Moving, result: Moving, operands: Operands, tangents: Operands,
    into adjointTangents: Adjoints
  ) throws {
    try pullBack(
      adjoint.tangent, result: result.value, operands: operands, into: adjointTangents)
  }
}

/// The operands of a primitive (or their tangents) while it is being called.
public struct Operands {
  let base: UnsafeMutablePointer<Double>
  let places: UnsafeBufferPointer<Place>

  /// How many there are.
  public var count: Int { places.count }

  /// Operand `index` as numbers [its length].
  public subscript(index: Int) -> UnsafeBufferPointer<Double> {
    let place = places[index]
    return UnsafeBufferPointer(start: base + place.offset, count: place.count)
  }

  /// Where operand `index` begins.
  func start(_ index: Int) -> UnsafePointer<Double> { UnsafePointer(base + places[index].offset) }
}

/// The adjoints of a primitive's operands while it is being called; to be added to.
public struct Adjoints {
  let base: UnsafeMutablePointer<Double>
  let places: UnsafeBufferPointer<Place>

  /// Adjoint of operand `index` [its length].
  public subscript(index: Int) -> UnsafeMutableBufferPointer<Double> {
    let place = places[index]
    return UnsafeMutableBufferPointer(start: base + place.offset, count: place.count)
  }

  /// Where the adjoint of operand `index` begins.
  func start(_ index: Int) -> UnsafeMutablePointer<Double> { base + places[index].offset }

  /// Whether anybody asks for the adjoint of operand `index`: not if it is made of constants only.
  ///
  /// A primitive may save itself the work, and need not ask.
  public func isWanted(_ index: Int) -> Bool { places[index].isVarying }
}

/// Where a variable lies in the arenas of a tape.
struct Place: BitwiseCopyable, Sendable {
  let offset: Int
  let count: Int
  /// Whether it depends on an input.
  let isVarying: Bool

  func buffer(_ arena: WorkArray) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: arena.base + offset, count: count)
  }

  func mutableBuffer(_ arena: WorkArray) -> UnsafeMutableBufferPointer<Double> {
    UnsafeMutableBufferPointer(start: arena.base + offset, count: count)
  }
}
