// SPDX-License-Identifier: Apache-2.0

/// A computation y = f(x) on vectors with its derivatives: built once, replayed many times.
///
/// Values, adjoints and tangents of all variables lie in arenas of one layout. Replaying allocates
/// nothing beyond the arrays that hold results. Results that aren't finite numbers are thrown as a
/// `TapeFailure`, not returned. Not `Sendable`: one per task.
public final class Tape {
  /// Length of the point x: all inputs in the order of their making.
  public let inputCount: Int
  /// Length of y.
  public let resultCount: Int

  struct Step {
    let primitive: any Primitive
    let operands: UnsafeBufferPointer<Place>
    let result: Place
  }
  let steps: [Step]
  /// Operands of all steps, one behind the other.
  private let places: UnsafeMutableBufferPointer<Place>
  let inputs: [Place]
  let result: Place
  let values: WorkArray
  // Made when a sweep needs them.
  lazy var adjoints = WorkArray(values.count)
  lazy var tangents = WorkArray(values.count)
  lazy var adjointTangents = WorkArray(values.count)
  private let builder: TapeBuilder

  init(_ builder: TapeBuilder, result: Place) {
    self.builder = builder
    let places = UnsafeMutableBufferPointer<Place>.allocate(
      capacity: builder.nodes.reduce(0) { $0 + $1.operands.count })
    var next = 0
    steps = builder.nodes.map { node in
      let range = next..<next + node.operands.count
      for place in node.operands {
        places.initializeElement(at: next, to: place)
        next += 1
      }
      return Step(
        primitive: node.primitive,
        operands: UnsafeBufferPointer(rebasing: UnsafeBufferPointer(places)[range]),
        result: node.result)
    }
    self.places = places
    self.result = result
    inputs = builder.inputs
    inputCount = builder.inputs.reduce(0) { $0 + $1.count }
    resultCount = result.count
    values = WorkArray(builder.arenaCount)
    for constant in builder.constants { write(constant.values, to: constant.place) }
  }

  deinit { places.deallocate() }

  /// y at a point x [inputCount].
  public func value(at point: [Double]) throws(TapeFailure) -> [Double] {
    try replay(point)
    return Array(result.buffer(values))
  }

  /// The scalar y at x, and its gradient [inputCount].
  public func gradient(
    at point: [Double], into gradient: inout [Double]
  ) throws(TapeFailure) -> Double {
    precondition(resultCount == 1, "a gradient needs a scalar result, not \(resultCount) numbers")
    try replay(point)
    try sweepBack([1], into: &gradient)
    return values[result.offset]
  }

  /// Jᵀ c for a cotangent c of y [resultCount]: the gradient of c · y [inputCount].
  public func pullBack(
    _ cotangent: [Double], at point: [Double], into gradient: inout [Double]
  ) throws(TapeFailure) {
    try replay(point)
    try sweepBack(cotangent, into: &gradient)
  }

  /// y and Jᵀ c for several cotangents c [each resultCount] at one point, whose values are computed
  /// once.
  public func pullBack(
    _ cotangents: [[Double]], at point: [Double]
  ) throws(TapeFailure) -> (value: [Double], gradients: [[Double]]) {
    try replay(point)
    var gradients = cotangents.map { _ in [Double]() }
    for index in cotangents.indices { try sweepBack(cotangents[index], into: &gradients[index]) }
    return (Array(result.buffer(values)), gradients)
  }

  /// J d for a direction d of x [inputCount]: how y changes along d [resultCount].
  public func pushForward(
    _ direction: [Double], at point: [Double], into tangent: inout [Double]
  ) throws(TapeFailure) {
    try replay(point)
    try sweepForward(direction)
    read(result, of: tangents, into: &tangent)
  }

  /// Numbers of any variable of the computation in the last replay.
  public func lastValue(of variable: Variable) -> [Double] {
    precondition(variable.builder === builder, "the variable belongs to another tape")
    return Array(variable.place.buffer(values))
  }

  /// Changes the numbers of a constant from the next replay on, such as the events of a batch.
  public func replace(_ constant: Variable, with numbers: [Double]) {
    precondition(
      constant.builder === builder && !constant.place.isVarying,
      "only constants of this tape can be replaced")
    precondition(
      numbers.count == constant.count,
      "a constant of length \(constant.count) was given \(numbers.count) numbers")
    write(numbers, to: constant.place)
  }

  private func write(_ numbers: [Double], to place: Place) {
    _ = place.mutableBuffer(values).update(fromContentsOf: numbers)
  }

  func write(point numbers: [Double], to arena: WorkArray) {
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

  func read(_ place: Place, of arena: WorkArray, into numbers: inout [Double]) {
    if numbers.count != place.count { numbers = Array(repeating: 0, count: place.count) }
    for index in 0..<place.count { numbers[index] = arena[place.offset + index] }
  }
}
