// SPDX-License-Identifier: Apache-2.0
import CKernels

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
      let counts = operand.booleans.withBuffer { flags in
        fold(segments, Int64(0)) { $0 + (flags[$1] ? 1 : 0) }
      }
      return Vector(counts, validity: completeness(of: operand, over: segments))
    case .sum:
      let validity = completeness(of: operand, over: segments)
      switch operand.values {
      case .reals(let values):
        return Vector(
          RealKernels.folded(values, over: segments, kernel_segment_sums), validity: validity)
      default:
        let sums = try sum(operand.integers.values, over: segments, validity: validity, of: node)
        return Vector(sums, validity: validity)
      }
    case .product:
      let products = operand.reals.withBuffer { values in
        fold(segments, 1) { $0 * values[$1] }
      }
      return Vector(
        products,
        validity: completeness(of: operand, over: segments))
    case .exactly(let number), .atLeast(let number):
      return Vector(
        probabilities(reduction, number, operand.reals, over: segments),
        validity: completeness(of: operand, over: segments))
    case .minimum, .maximum, .argumentOfMinimum, .argumentOfMaximum:
      switch operand.values {
      case .reals(let values):
        let isMinimum = reduction == .minimum
        guard isMinimum || reduction == .maximum else {
          return extreme(reduction, operand.reals, of: operand, over: segments)
        }
        let kernel = isMinimum ? kernel_segment_minima : kernel_segment_maxima
        let isThere = occupied(segments)
        return Vector(
          RealKernels.folded(values, over: segments, kernel),
          validity: Flags.both(completeness(of: operand, over: segments), isThere))
      default: return extreme(reduction, operand.integers, of: operand, over: segments)
      }
    }
  }

  /// Whether each parent has elements.
  private func occupied(_ segments: Segments) -> [Bool] {
    segments.offsets.withUnsafeBufferPointer { offsets in
      (0..<segments.parentCount).map { offsets[$0 + 1] > offsets[$0] }
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
        for index in Int(offsets[parent])..<Int(offsets[parent + 1]) {
          result = next(result, index)
        }
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
    let values = operand.booleans
    let validity = operand.validity
    let isDecided = fold(segments, false) {
      $0 || (values[$1] == deciding && validity?[$1] != false)
    }
    let complete = completeness(of: operand, over: segments)
    return Vector(
      deciding ? isDecided : Flags.not(isDecided[...]),
      validity: complete.map { Flags.either($0[...], isDecided[...]) })
  }

  /// Of independent trials with a probability each, that of exactly or at least `number` successes:
  /// one trial after the other, the probabilities of 0 … `number` successes so far.
  private func probabilities(
    _ reduction: Reduction, _ number: Int, _ values: Operand<Double>, over segments: Segments
  ) -> [Double] {
    let isExact = reduction == .exactly(number)
    // At least so many: not fewer.
    let largest = isExact ? number : number - 1
    guard largest >= 0 else { return Array(repeating: 1, count: segments.parentCount) }
    return (0..<segments.parentCount).map { parent in
      var chances = [1.0] + Array(repeating: 0, count: largest)
      for index in segments.elements(of: parent) {
        let chance = values[index]
        for successes in stride(from: largest, to: 0, by: -1) {
          chances[successes] = chances[successes] * (1 - chance) + chances[successes - 1] * chance
        }
        chances[0] *= 1 - chance
      }
      return isExact ? chances[largest] : 1 - chances.reduce(0, +)
    }
  }

  private func firstTrue(_ operand: Vector, over segments: Segments) -> Vector {
    let values = operand.booleans
    let validity = operand.validity
    let found = fold(segments, -1) { found, index in
      found < 0 && values[index] && validity?[index] != false ? index : found
    }
    return Vector(found.map { Int64(max($0, 0)) }, validity: found.map { $0 >= 0 })
  }

  private func sum(
    _ values: ArraySlice<Int64>, over segments: Segments, validity: [Bool]?, of node: Node
  ) throws -> [Int64] {
    var overflowed: Int?
    let sums = (0..<segments.parentCount).map { parent in
      var sum: Int64 = 0
      for index in segments.elements(of: parent) {
        let (next, overflow) = sum.addingReportingOverflow(values[values.startIndex + index])
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
    _ reduction: Reduction, _ values: Operand<Value>, of operand: Vector, over segments: Segments
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
      let places = best.enumerated().map {
        Int64($1 < 0 ? 0 : $1 - Int(segments.offsets[$0]))
      }
      return Vector(places, validity: validity)
    }
    var result = taken(operand, at: best.map { Int32(truncatingIfNeeded: $0) }, mayLack: true)
    result.validity = validity
    return result
  }
}
