// SPDX-License-Identifier: Apache-2.0

/// Writes down a computation once, so that a `Tape` can replay and differentiate it.
///
/// ```swift
/// let builder = TapeBuilder()
/// let x = builder.input(count: 3)
/// let tape = builder.tape(of: log(sum(exp(2 * x))))
/// var gradient = [0.0, 0, 0]
/// let value = try tape.gradient(at: [1, 2, 3], into: &gradient)
/// ```
public final class TapeBuilder {
  struct Node {
    let primitive: any Primitive
    let operands: [Place]
    let result: Place
  }

  private(set) var nodes: [Node] = []
  private(set) var inputs: [Place] = []
  private(set) var constants: [(place: Place, values: [Double])] = []
  private(set) var arenaCount = 0

  /// An empty computation.
  public init() {}

  /// Independent variables [count]; inputs follow one another in the tape's point.
  public func input(count: Int) -> Variable {
    let place = reserve(count, isVarying: true)
    inputs.append(place)
    return Variable(builder: self, place: place)
  }

  /// Numbers that aren't differentiated; `Tape.replace(_:with:)` changes them between replays.
  public func constant(_ values: [Double]) -> Variable {
    let place = reserve(values.count, isVarying: false)
    constants.append((place, values))
    return Variable(builder: self, place: place)
  }

  /// The result of an operation on variables of this builder.
  ///
  /// Lengths that the primitive doesn't accept are a programming error.
  public func apply(_ primitive: any Primitive, to operands: [Variable]) -> Variable {
    precondition(
      operands.allSatisfy { $0.builder === self },
      "'\(primitive.name)' was given a variable of another tape")
    let counts = operands.map(\.count)
    guard let count = primitive.resultCount(of: counts) else {
      preconditionFailure("'\(primitive.name)' isn't defined for operands of lengths \(counts)")
    }
    let place = reserve(count, isVarying: operands.contains { $0.place.isVarying })
    nodes.append(Node(primitive: primitive, operands: operands.map(\.place), result: place))
    return Variable(builder: self, place: place)
  }

  /// The finished tape of one result, which may be a vector.
  public func tape(of result: Variable) -> Tape {
    precondition(result.builder === self, "the result belongs to another tape")
    return Tape(self, result: result.place)
  }

  private func reserve(_ count: Int, isVarying: Bool) -> Place {
    defer { arenaCount += (count + 7) & ~7 }
    return Place(offset: arenaCount, count: count, isVarying: isVarying)
  }
}

/// A vector (a scalar if its count is 1) in a computation that a `TapeBuilder` writes down.
public struct Variable {
  package let builder: TapeBuilder
  let place: Place

  /// Its length.
  public var count: Int { place.count }

  /// Numbers that aren't differentiated, in the same computation: `TapeBuilder.constant(_:)`.
  public func constant(_ values: [Double]) -> Variable { builder.constant(values) }
}
