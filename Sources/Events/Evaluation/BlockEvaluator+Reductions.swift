// SPDX-License-Identifier: Apache-2.0

extension BlockEvaluator {
  /// One value per parent from those of its elements.
  func reduce(
    _ reduction: Reduction, _ operand: Vector, over segments: Segments, of node: Node
  ) throws -> Vector {
    switch reduction {
    case .any: return decision(operand, decidedBy: true, over: segments)
    case .all: return decision(operand, decidedBy: false, over: segments)
    case .firstTrue: return firstTrue(operand, over: segments)
    case .count:
      let flags = operand.booleans.values
      let counts = fold(segments, Int64(0)) { $0 + (flags[$1] ? 1 : 0) }
      return Vector(.integers(counts), validity: completeness(of: operand, over: segments))
    case .sum:
      let validity = completeness(of: operand, over: segments)
      switch operand.values {
      case .reals(let values):
        return Vector(.reals(fold(segments, 0) { $0 + values[$1] }), validity: validity)
      default:
        let sums = try sum(operand.integers.values, over: segments, validity: validity, of: node)
        return Vector(.integers(sums), validity: validity)
      }
    case .minimum, .maximum, .argumentOfMinimum, .argumentOfMaximum:
      switch operand.values {
      case .reals(let values): return extreme(reduction, values, of: operand, over: segments)
      default: return extreme(reduction, operand.integers.values, of: operand, over: segments)
      }
    }
  }

  /// Folds the element indices of each parent.
  @inline(__always)
  private func fold<Value>(
    _ segments: Segments, _ start: Value, _ next: (Value, Int) -> Value
  ) -> [Value] {
    segments.offsets.withUnsafeBufferPointer { offsets in
      (0..<segments.parentCount).map { parent in
        var result = start
        for index in offsets[parent]..<offsets[parent + 1] { result = next(result, index) }
        return result
      }
    }
  }

  /// Whether none of each parent's elements is missing; nil if none can be.
  private func completeness(of operand: Vector, over segments: Segments) -> [Bool]? {
    operand.validity.map { validity in fold(segments, true) { $0 && validity[$1] } }
  }

  /// Kleene's `or` (decided by true) or `and` (decided by false) of the elements.
  private func decision(
    _ operand: Vector, decidedBy deciding: Bool, over segments: Segments
  ) -> Vector {
    let values = operand.booleans.values
    let validity = operand.validity
    let isDecided = fold(segments, false) {
      $0 || (values[$1] == deciding && validity?[$1] != false)
    }
    let complete = completeness(of: operand, over: segments)
    return Vector(
      .booleans(isDecided.map { $0 ? deciding : !deciding }),
      validity: complete.map { zip($0, isDecided).map { $0 || $1 } })
  }

  private func firstTrue(_ operand: Vector, over segments: Segments) -> Vector {
    let values = operand.booleans.values
    let validity = operand.validity
    let found = fold(segments, -1) { found, index in
      found < 0 && values[index] && validity?[index] != false ? index : found
    }
    return Vector(.integers(found.map { Int64(max($0, 0)) }), validity: found.map { $0 >= 0 })
  }

  private func sum(
    _ values: [Int64], over segments: Segments, validity: [Bool]?, of node: Node
  ) throws -> [Int64] {
    var overflowed: Int?
    let sums = (0..<segments.parentCount).map { parent in
      var sum: Int64 = 0
      for index in segments.offsets[parent]..<segments.offsets[parent + 1] {
        let (next, overflow) = sum.addingReportingOverflow(values[index])
        if overflow, overflowed == nil, validity?[parent] != false { overflowed = parent }
        sum = next
      }
      return sum
    }
    if let overflowed {
      throw Failure(
        event: event(of: overflowed, in: node.space),
        message: "a sum does not fit into a 64-bit integer: sum a real number instead")
    }
    return sums
  }

  /// Extreme value, or its position among the parent's elements.
  private func extreme<Value: Comparable>(
    _ reduction: Reduction, _ values: [Value], of operand: Vector, over segments: Segments
  ) -> Vector {
    let isMinimum = reduction == .minimum || reduction == .argumentOfMinimum
    let isArgument = reduction == .argumentOfMinimum || reduction == .argumentOfMaximum
    // A value that is unequal to itself is NaN: it wins as a value and is never chosen as a place.
    let best = fold(segments, -1) { best, index in
      let value = values[index]
      if value != value { return isArgument ? best : index }
      if best < 0 { return index }
      let known = values[best]
      return (isMinimum ? value < known : value > known) ? index : best
    }
    let complete = completeness(of: operand, over: segments)
    let validity = best.indices.map { best[$0] >= 0 && complete?[$0] != false }
    if isArgument {
      let places = best.enumerated().map { Int64($1 < 0 ? 0 : $1 - segments.offsets[$0]) }
      return Vector(.integers(places), validity: validity)
    }
    var result = taken(operand, at: best, mayLack: false)
    result.validity = validity
    return result
  }
}
