// SPDX-License-Identifier: Apache-2.0

/// A differentiable operation y = f(x₁, x₂, …) on vectors: a node of a `Tape`.
///
/// Conforming takes a value and two linear maps, the transposed Jacobian and the Jacobian. They are
/// called with the memory of the tape and must not keep the pointers or allocate much: a tape is
/// replayed many times. Add one to a tape with `TapeBuilder.apply(_:to:)`.
public protocol Primitive {
  /// What messages call it.
  var name: String { get }

  /// Length of y for operands of these lengths; nil if f isn't defined for them.
  func resultCount(of counts: [Int]) -> Int?

  /// Writes y.
  func evaluate(_ operands: Operands, into result: UnsafeMutableBufferPointer<Double>)

  /// Adds Jᵢᵀ ȳ to the adjoint of every operand i, where ȳ is the adjoint of y.
  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints)

  /// Writes the tangent ẏ = Σ Jᵢ ẋᵢ.
  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>)
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
}

/// Where a variable lies in the arenas of a tape.
struct Place: BitwiseCopyable, Sendable {
  let offset: Int
  let count: Int
}
