// SPDX-License-Identifier: Apache-2.0

extension BlockEvaluator {
  /// The values of a node from those of its operands.
  func compute(_ node: Node, _ columns: [String: Vector]) throws -> Vector {
    let operands = node.operands.map { self[$0] }
    switch node.operation {
    case .boolean(let value): return Vector([value], isUniform: true)
    case .integer(let value): return Vector([value], isUniform: true)
    case .real(let value): return Vector([value], isUniform: true)
    case .column(let name):
      guard let column = columns[name] else { preconditionFailure("a column was not read") }
      return column
    case .broadcast: return broadcast(operands[0], to: node)
    case .gather: return taken(operands[0], at: indices(of: node.space), mayLack: false)
    case .member(let member):
      let segments = segments(of: node.space)
      let indices = member == .first ? segments.sources : segments.partners
      return Vector(indices.map(Int64.init))
    case .position(let space): return position(operands[0], in: space, of: node)
    case .take:
      let indices = operands[1].integers
      let count = size(node.space)
      let places =
        operands[1].validity == nil
        ? map(indices, count: count) { Int32(truncatingIfNeeded: $0) }
        : map(indices, operands[1].isValid, count: count) {
          $1 ? Int32(truncatingIfNeeded: $0) : -1
        }
      return taken(operands[0], at: places, mayLack: operands[1].validity != nil)
    case .size(let space):
      let segments = self[space]
      let sizes = segments.offsets.withUnsafeBufferPointer { offsets in
        (0..<segments.parentCount).map { Int64(offsets[$0 + 1] &- offsets[$0]) }
      }
      return Vector(sizes)
    case .reduce(let reduction, let space):
      return try reduce(reduction, operands[0], over: self[space], of: node)
    case .table(let name): return try lookedUp(name, operands, node)
    case .random(let kind, let stream, let collection):
      return random(kind, stream: stream, of: collection, node)
    default: return try elementwise(node, operands)
    }
  }

  private func segments(of space: SpaceID?) -> Segments {
    guard let space else { preconditionFailure("a uniform node has no elements") }
    return self[space]
  }

  private func indices(of space: SpaceID?) -> [Int32] { segments(of: space).sources }

  /// The parent's value for each element.
  private func broadcast(_ operand: Vector, to node: Node) -> Vector {
    let count = size(node.space)
    if operand.isUniform {
      let validity = operand.validity.map { Array(repeating: $0[0], count: count) }
      switch operand.values {
      case .booleans:
        return Vector(Array(repeating: operand.booleans[0], count: count), validity: validity)
      case .integers:
        return Vector(Array(repeating: operand.integers[0], count: count), validity: validity)
      case .reals:
        return Vector(Array(repeating: operand.reals[0], count: count), validity: validity)
      }
    }
    return taken(operand, at: segments(of: node.space).parents, mayLack: false)
  }

  /// The values at some indices. `mayLack`: an index may be negative, and there is no value then.
  func taken(_ operand: Vector, at indices: [Int32], mayLack: Bool) -> Vector {
    let mask: [Bool]? =
      if let valid = operand.validity {
        indices.map { $0 >= 0 && valid[Int($0)] }
      } else {
        mayLack ? indices.map { $0 >= 0 } : nil
      }
    switch operand.values {
    case .booleans: return Vector(values(operand.booleans, at: indices, or: false), validity: mask)
    case .integers: return Vector(values(operand.integers, at: indices, or: 0), validity: mask)
    case .reals(let values):
      return mayLack
        ? Vector(self.values(operand.reals, at: indices, or: 0), validity: mask)
        : Vector(RealKernels.taken(values, at: indices), validity: mask)
    }
  }

  @inline(__always)
  private func values<Value>(
    _ operand: Operand<Value>, at indices: [Int32], or otherwise: Value
  ) -> [Value] {
    operand.withBuffer { values in indices.map { $0 >= 0 ? values[Int($0)] : otherwise } }
  }

  /// The index of element number k of each parent, counted from the end if negative.
  private func position(_ number: Vector, in space: SpaceID, of node: Node) -> Vector {
    let segments = self[space]
    let parent = program.graph[space].parent
    if node.space == parent, number.validity == nil {
      return position(number.integers, in: segments)
    }
    let owners = ancestors(in: parent, of: node.space)
    let numbers = number.integers
    let isGiven = number.isValid
    var result = Array(repeating: Int64(0), count: owners.count)
    var validity = Array(repeating: false, count: owners.count)
    for (i, owner) in owners.enumerated() where isGiven[i] {
      guard let place = Self.place(numbers[i], in: segments.elements(of: Int(owner)))
      else { continue }
      result[i] = place
      validity[i] = true
    }
    return Vector(result, validity: validity)
  }

  /// Each parent for itself, with a number that is there.
  private func position(_ numbers: Operand<Int64>, in segments: Segments) -> Vector {
    var validity: [Bool] = []
    let count = segments.parentCount
    let result = [Int64](unsafeUninitializedCapacity: count) { result, size in
      validity = Array(unsafeUninitializedCapacity: count) { validity, validityCount in
        segments.offsets.withUnsafeBufferPointer { offsets in
          numbers.withBuffer { numbers in
            let stride = numbers.count == 1 ? 0 : 1
            for parent in 0..<count {
              let range = Int(offsets[parent])..<Int(offsets[parent + 1])
              let place = Self.place(numbers[parent * stride], in: range)
              result[parent] = place ?? 0
              validity[parent] = place != nil
            }
          }
        }
        validityCount = count
      }
      size = count
    }
    return Vector(result, validity: validity)
  }

  @inline(__always)
  private static func place(_ number: Int64, in range: Range<Int>) -> Int64? {
    let size = Int64(range.count)
    guard number < size, number >= -size else { return nil }
    return Int64(number < 0 ? range.upperBound : range.lowerBound) + number
  }
}
