// SPDX-License-Identifier: Apache-2.0

extension BlockEvaluator {
  func logical(_ operation: Operation, _ operands: [Vector], count: Int) -> Vector {
    switch operation {
    case .and: return kleene(operands[0], operands[1], decidedBy: false, count: count)
    case .or: return kleene(operands[0], operands[1], decidedBy: true, count: count)
    case .not:
      return Vector(
        .booleans(map(operands[0].booleans, count: count) { !$0 }),
        validity: validity(of: operands[0], count: count))
    case .exists: return Vector(.booleans(map(operands[0].isValid, count: count) { $0 }))
    case .coalesce:
      let isFirst = map(operands[0].isValid, count: count) { $0 }
      return chosen(isFirst, operands[0], operands[1], count: count)
    default:
      let isFirst = map(operands[0].booleans, count: count) { $0 }
      var result = chosen(isFirst, operands[1], operands[2], count: count)
      if operands[0].validity != nil {
        let known = map(operands[0].isValid, count: count) { $0 }
        result.validity = result.validity.map { zip($0, known).map { $0 && $1 } } ?? known
      }
      return result
    }
  }

  /// `and`, decided by false, and `or`, decided by true: the deciding value wins over missing.
  private func kleene(
    _ a: Vector, _ b: Vector, decidedBy deciding: Bool, count: Int
  ) -> Vector {
    let (left, right) = (expanded(a.booleans, count: count), expanded(b.booleans, count: count))
    let combined = deciding ? Flags.either(left, right) : Flags.both(left, right)
    if a.validity == nil, b.validity == nil { return Vector(.booleans(combined)) }
    let isLeftThere = expanded(a.isValid, count: count)
    let isRightThere = expanded(b.isValid, count: count)
    let decided = Flags.either(
      Flags.both(isLeftThere, left.map { $0 == deciding }),
      Flags.both(isRightThere, right.map { $0 == deciding }))
    return Vector(
      .booleans(decided.map { $0 ? deciding : !deciding }),
      validity: Flags.either(decided, Flags.both(isLeftThere, isRightThere)))
  }

  /// A truth value per element.
  private func expanded(_ operand: Operand<Bool>, count: Int) -> [Bool] {
    operand.isUniform ? Array(repeating: operand.values[0], count: count) : operand.values
  }

  /// The first vector's value where the flag is true, else the second's.
  private func chosen(_ isFirst: [Bool], _ a: Vector, _ b: Vector, count: Int) -> Vector {
    func pick<Value>(_ a: Operand<Value>, _ b: Operand<Value>) -> [Value] {
      (0..<count).map { isFirst[$0] ? a[$0] : b[$0] }
    }
    let validity: [Bool]? =
      a.validity == nil && b.validity == nil ? nil : pick(a.isValid, b.isValid)
    switch a.values {
    case .booleans: return Vector(.booleans(pick(a.booleans, b.booleans)), validity: validity)
    case .integers: return Vector(.integers(pick(a.integers, b.integers)), validity: validity)
    case .reals: return Vector(.reals(pick(a.reals, b.reals)), validity: validity)
    }
  }

  // MARK: Comparisons

  func compared(_ comparison: ComparisonOperator, _ a: Vector, _ b: Vector, count: Int) -> Vector {
    let values: [Bool] =
      switch a.values {
      case .reals: ordered(comparison, a.reals, b.reals, count: count)
      case .integers: ordered(comparison, a.integers, b.integers, count: count)
      case .booleans:
        comparison == .equal
          ? map(a.booleans, b.booleans, count: count) { $0 == $1 }
          : map(a.booleans, b.booleans, count: count) { $0 != $1 }
      }
    return Vector(.booleans(values), validity: validity(of: a, b, count: count))
  }

  /// NaN is unequal to everything and neither less nor greater, as IEEE 754 has it.
  @inline(__always)
  private func ordered<Value: Comparable>(
    _ comparison: ComparisonOperator, _ a: Operand<Value>, _ b: Operand<Value>, count: Int
  ) -> [Bool] {
    switch comparison {
    case .equal: map(a, b, count: count) { $0 == $1 }
    case .notEqual: map(a, b, count: count) { $0 != $1 }
    case .less: map(a, b, count: count) { $0 < $1 }
    case .lessOrEqual: map(a, b, count: count) { $0 <= $1 }
    case .greater: map(a, b, count: count) { $0 > $1 }
    case .greaterOrEqual: map(a, b, count: count) { $0 >= $1 }
    }
  }
}
