// SPDX-License-Identifier: Apache-2.0

extension BlockEvaluator {
  /// The values of a node from those of its operands.
  func compute(_ node: Node, _ columns: [String: Vector]) throws -> Vector {
    let operands = node.operands.map { self[$0] }
    switch node.operation {
    case .boolean(let value): return Vector(.booleans([value]), isUniform: true)
    case .integer(let value): return Vector(.integers([value]), isUniform: true)
    case .real(let value): return Vector(.reals([value]), isUniform: true)
    case .column(let name):
      guard let column = columns[name] else { preconditionFailure("a column was not read") }
      return column
    case .broadcast: return broadcast(operands[0], to: node)
    case .gather: return taken(operands[0], at: indices(of: node.space), mayLack: false)
    case .member(let member):
      let segments = segments(of: node.space)
      let indices = member == .first ? segments.sources : segments.partners
      return Vector(.integers(indices.map(Int64.init)))
    case .position(let space): return position(operands[0], in: space, of: node)
    case .take:
      let indices = operands[1].integers
      let count = size(node.space)
      let places = map(indices, operands[1].isValid, count: count) { $1 ? Int($0) : -1 }
      return taken(operands[0], at: places, mayLack: operands[1].validity != nil)
    case .size(let space):
      let offsets = self[space].offsets
      return Vector(.integers((0..<offsets.count - 1).map { Int64(offsets[$0 + 1] - offsets[$0]) }))
    case .reduce(let reduction, let space):
      return try reduce(reduction, operands[0], over: self[space], of: node)
    default: return try elementwise(node, operands)
    }
  }

  private func segments(of space: SpaceID?) -> Segments {
    guard let space else { preconditionFailure("a uniform node has no elements") }
    return self[space]
  }

  private func indices(of space: SpaceID?) -> [Int] { segments(of: space).sources }

  /// The parent's value for each element.
  private func broadcast(_ operand: Vector, to node: Node) -> Vector {
    let count = size(node.space)
    if operand.isUniform {
      let validity = operand.validity.map { Array(repeating: $0[0], count: count) }
      switch operand.values {
      case .booleans(let values):
        return Vector(.booleans(Array(repeating: values[0], count: count)), validity: validity)
      case .integers(let values):
        return Vector(.integers(Array(repeating: values[0], count: count)), validity: validity)
      case .reals(let values):
        return Vector(.reals(Array(repeating: values[0], count: count)), validity: validity)
      }
    }
    return taken(operand, at: segments(of: node.space).parents, mayLack: false)
  }

  /// The values at some indices. `mayLack`: an index may be negative, and there is no value then.
  func taken(_ operand: Vector, at indices: [Int], mayLack: Bool) -> Vector {
    let mask: [Bool]? =
      if let valid = operand.validity {
        indices.map { $0 >= 0 && valid[$0] }
      } else {
        mayLack ? indices.map { $0 >= 0 } : nil
      }
    switch operand.values {
    case .booleans(let values):
      return Vector(.booleans(indices.map { $0 >= 0 && values[$0] }), validity: mask)
    case .integers(let values):
      return Vector(.integers(indices.map { $0 >= 0 ? values[$0] : 0 }), validity: mask)
    case .reals(let values):
      return Vector(.reals(indices.map { $0 >= 0 ? values[$0] : 0 }), validity: mask)
    }
  }

  /// The index of element number k of each parent, counted from the end if negative.
  private func position(_ number: Vector, in space: SpaceID, of node: Node) -> Vector {
    let offsets = self[space].offsets
    let owners = ancestors(in: program.graph[space].parent, of: node.space)
    let numbers = number.integers
    let isGiven = number.isValid
    var result = Array(repeating: Int64(0), count: owners.count)
    var validity = Array(repeating: false, count: owners.count)
    for (i, owner) in owners.enumerated() where isGiven[i] {
      let (start, end) = (offsets[owner], offsets[owner + 1])
      let k = numbers[i]
      guard k < Int64(end - start), k >= Int64(start - end) else { continue }
      result[i] = Int64(k < 0 ? end : start) + k
      validity[i] = true
    }
    return Vector(.integers(result), validity: validity)
  }
}
