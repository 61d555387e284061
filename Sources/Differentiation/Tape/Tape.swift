// SPDX-License-Identifier: Apache-2.0

/// A computation y = f(x) on vectors with its derivatives: built once, replayed many times.
///
/// Values, adjoints and tangents of all variables lie in three arenas of one layout. Replaying
/// allocates nothing. Not `Sendable`: one per task.
public final class Tape {
  /// Length of the point x: all inputs in the order of their making.
  public let inputCount: Int
  /// Length of y.
  public let resultCount: Int

  private struct Step {
    let primitive: any Primitive
    let operands: Range<Int>
    let result: Place
  }
  private let steps: [Step]
  /// Operands of all steps, one behind the other.
  private let places: [Place]
  private let inputs: [Place]
  private let result: Place
  private let values: WorkArray
  private let adjoints: WorkArray
  private let tangents: WorkArray

  init(_ builder: TapeBuilder, result: Place) {
    var places: [Place] = []
    steps = builder.nodes.map { node in
      places += node.operands
      return Step(
        primitive: node.primitive, operands: places.count - node.operands.count..<places.count,
        result: node.result)
    }
    self.places = places
    self.result = result
    inputs = builder.inputs
    inputCount = builder.inputs.reduce(0) { $0 + $1.count }
    resultCount = result.count
    values = WorkArray(builder.arenaCount)
    adjoints = WorkArray(builder.arenaCount)
    tangents = WorkArray(builder.arenaCount)
    for constant in builder.constants {
      for (index, value) in constant.values.enumerated() {
        values[constant.place.offset + index] = value
      }
    }
  }

  /// y at a point x [inputCount].
  public func value(at point: [Double]) -> [Double] {
    evaluate(point)
    return Array(buffer(values, result))
  }

  /// The scalar y at x, and its gradient [inputCount].
  public func gradient(at point: [Double], into gradient: inout [Double]) -> Double {
    precondition(resultCount == 1, "a gradient needs a scalar result, not \(resultCount) numbers")
    evaluate(point)
    adjoints.fill(0)
    adjoints[result.offset] = 1
    sweepBack(into: &gradient)
    return values[result.offset]
  }

  /// Jᵀ c for a cotangent c of y [resultCount]: the gradient of c · y [inputCount].
  public func pullBack(_ cotangent: [Double], at point: [Double], into gradient: inout [Double]) {
    precondition(cotangent.count == resultCount, "a cotangent needs \(resultCount) numbers")
    evaluate(point)
    adjoints.fill(0)
    for (index, value) in cotangent.enumerated() { adjoints[result.offset + index] = value }
    sweepBack(into: &gradient)
  }

  /// J d for a direction d of x [inputCount]: how y changes along d [resultCount].
  public func pushForward(
    _ direction: [Double], at point: [Double], into tangent: inout [Double]
  ) {
    evaluate(point)
    tangents.fill(0)
    write(direction, to: tangents)
    withPlaces { places in
      for step in steps {
        step.primitive.pushForward(
          Operands(base: tangents.base, places: places(step.operands)),
          result: buffer(values, step.result),
          operands: Operands(base: values.base, places: places(step.operands)),
          into: UnsafeMutableBufferPointer(
            start: tangents.base + step.result.offset, count: step.result.count))
      }
    }
    read(result, of: tangents, into: &tangent)
  }
}

extension Tape {
  private func evaluate(_ point: [Double]) {
    write(point, to: values)
    withPlaces { places in
      for step in steps {
        step.primitive.evaluate(
          Operands(base: values.base, places: places(step.operands)),
          into: UnsafeMutableBufferPointer(
            start: values.base + step.result.offset, count: step.result.count))
      }
    }
  }

  private func sweepBack(into gradient: inout [Double]) {
    withPlaces { places in
      for step in steps.reversed() {
        step.primitive.pullBack(
          buffer(adjoints, step.result), result: buffer(values, step.result),
          operands: Operands(base: values.base, places: places(step.operands)),
          into: Adjoints(base: adjoints.base, places: places(step.operands)))
      }
    }
    if gradient.count != inputCount { gradient = Array(repeating: 0, count: inputCount) }
    var next = 0
    for input in inputs {
      for index in 0..<input.count {
        gradient[next] = adjoints[input.offset + index]
        next += 1
      }
    }
  }

  private func write(_ numbers: [Double], to arena: WorkArray) {
    precondition(
      numbers.count == inputCount, "a tape with \(inputCount) inputs was given \(numbers.count)")
    var next = 0
    for input in inputs {
      for index in 0..<input.count {
        arena[input.offset + index] = numbers[next]
        next += 1
      }
    }
  }

  private func read(_ place: Place, of arena: WorkArray, into numbers: inout [Double]) {
    if numbers.count != place.count { numbers = Array(repeating: 0, count: place.count) }
    for index in 0..<place.count { numbers[index] = arena[place.offset + index] }
  }

  private func buffer(_ arena: WorkArray, _ place: Place) -> UnsafeBufferPointer<Double> {
    UnsafeBufferPointer(start: arena.base + place.offset, count: place.count)
  }

  private func withPlaces(_ body: ((Range<Int>) -> UnsafeBufferPointer<Place>) -> Void) {
    places.withUnsafeBufferPointer { all in body { UnsafeBufferPointer(rebasing: all[$0]) } }
  }
}
