// SPDX-License-Identifier: Apache-2.0

extension BlockEvaluator {
  func logical(_ operation: Operation, _ operands: [Vector], count: Int) -> Vector {
    switch operation {
    case .and: return kleene(operands[0], operands[1], decidedBy: false, count: count)
    case .or: return kleene(operands[0], operands[1], decidedBy: true, count: count)
    case .not:
      return Vector(
        map(operands[0].booleans, count: count) { !$0 },
        validity: validity(of: operands, count: count))
    case .exists: return Vector(map(operands[0].isValid, count: count) { $0 })
    case .coalesce:
      let isFirst = map(operands[0].isValid, count: count) { $0 }
      return chosen(isFirst, operands[0], operands[1], count: count)
    default:
      let isFirst = map(operands[0].booleans, count: count) { $0 }
      var result = chosen(isFirst, operands[1], operands[2], count: count)
      if operands[0].validity != nil {
        let known = map(operands[0].isValid, count: count) { $0 }
        result.validity = Flags.both(result.validity, known)
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
    if a.validity == nil, b.validity == nil { return Vector(combined) }
    let isLeftThere = expanded(a.isValid, count: count)
    let isRightThere = expanded(b.isValid, count: count)
    func decides(_ flags: ArraySlice<Bool>, _ isThere: ArraySlice<Bool>) -> [Bool] {
      Flags.both(isThere, deciding ? flags : Flags.not(flags)[...])
    }
    let decided = Flags.either(
      decides(left, isLeftThere)[...], decides(right, isRightThere)[...])
    return Vector(
      deciding ? decided : Flags.not(decided[...]),
      validity: Flags.either(decided[...], Flags.both(isLeftThere, isRightThere)[...]))
  }

  /// A truth value per element.
  private func expanded(_ operand: Operand<Bool>, count: Int) -> ArraySlice<Bool> {
    operand.isUniform ? Array(repeating: operand[0], count: count)[...] : operand.values
  }

  /// The first vector's value where the flag is true, else the second's.
  private func chosen(_ isFirst: [Bool], _ a: Vector, _ b: Vector, count: Int) -> Vector {
    func pick<Value>(_ a: Operand<Value>, _ b: Operand<Value>) -> [Value] {
      (0..<count).map { isFirst[$0] ? a[$0] : b[$0] }
    }
    let validity: [Bool]? =
      a.validity == nil && b.validity == nil ? nil : pick(a.isValid, b.isValid)
    switch a.values {
    case .booleans: return Vector(pick(a.booleans, b.booleans), validity: validity)
    case .integers: return Vector(pick(a.integers, b.integers), validity: validity)
    case .reals: return Vector(pick(a.reals, b.reals), validity: validity)
    }
  }

  // MARK: Comparisons

  func compared(_ comparison: ComparisonOperator, _ a: Vector, _ b: Vector, count: Int) -> Vector {
    let values: [Bool] =
      switch a.values {
      case .reals: RealKernels.compared(comparison, a.reals, b.reals, count: count)
      case .integers: ordered(comparison, a.integers, b.integers, count: count)
      case .booleans:
        comparison == .equal
          ? map(a.booleans, b.booleans, count: count) { $0 == $1 }
          : map(a.booleans, b.booleans, count: count) { $0 != $1 }
      }
    return Vector(values, validity: validity(of: [a, b], count: count))
  }

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
