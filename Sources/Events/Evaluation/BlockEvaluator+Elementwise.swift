// SPDX-License-Identifier: Apache-2.0
import CKernels

extension BlockEvaluator {
  /// Operations that look at one element at a time. Uniform operands make a uniform result.
  func elementwise(_ node: Node, _ operands: [Vector]) throws -> Vector {
    let isUniform = operands.allSatisfy(\.isUniform)
    let count = isUniform ? 1 : size(node.space)
    var result =
      switch node.operation {
      case .and, .or, .not, .coalesce, .select, .exists:
        logical(node.operation, operands, count: count)
      case .compare(let comparison):
        compared(comparison, operands[0], operands[1], count: count)
      default:
        switch node.type {
        case .integer: try integers(node, operands, count: count)
        case .real, .boolean: reals(node.operation, operands, count: count)
        }
      }
    result.isUniform = isUniform
    return result
  }

  // MARK: Reals

  private func reals(_ operation: Operation, _ operands: [Vector], count: Int) -> Vector {
    if case .widen = operation {
      return Vector(
        map(operands[0].integers, count: count) { Double($0) },
        validity: validity(of: operands, count: count))
    }
    let a = operands[0].reals
    guard operands.count == 2 else {
      let values: [Double] =
        switch operation {
        case .negate: map(a, count: count) { -$0 }
        case .absolute: map(a, count: count) { $0.magnitude }
        case .function(let function): function.applied(to: a, count: count)
        default: preconditionFailure("\(operation) is no operation on one real")
        }
      return Vector(values, validity: validity(of: operands, count: count))
    }
    let b = operands[1].reals
    let values: [Double] =
      switch operation {
      case .add:
        RealKernels.combined(a, b, count: count, kernel_add) ?? map(a, b, count: count) { $0 + $1 }
      case .subtract:
        RealKernels.combined(a, b, count: count, kernel_subtract)
          ?? map(a, b, count: count) { $0 - $1 }
      case .multiply:
        RealKernels.combined(a, b, count: count, kernel_multiply)
          ?? map(a, b, count: count) { $0 * $1 }
      case .divide:
        RealKernels.combined(a, b, count: count, kernel_divide)
          ?? map(a, b, count: count) { $0 / $1 }
      case .minimum: map(a, b, count: count) { $0 < $1 || $0.isNaN ? $0 : $1 }
      case .maximum: map(a, b, count: count) { $0 > $1 || $0.isNaN ? $0 : $1 }
      case .function2(let function): function.applied(to: a, b, count: count)
      default: preconditionFailure("\(operation) is no operation on two reals")
      }
    return Vector(values, validity: validity(of: operands, count: count))
  }

  // MARK: Integers

  private func integers(_ node: Node, _ operands: [Vector], count: Int) throws -> Vector {
    let a = operands[0].integers
    let b = operands.last?.integers ?? a
    var validity = validity(of: operands, count: count)
    var hasOverflow = false
    func checked(_ result: (partialValue: Int64, overflow: Bool)) -> Int64 {
      if result.overflow { hasOverflow = true }
      return result.partialValue
    }
    let values: [Int64]
    switch node.operation {
    case .negate:
      values = map(a, count: count) { checked(Int64(0).subtractingReportingOverflow($0)) }
    case .absolute:
      values = map(a, count: count) {
        $0 < 0 ? checked(Int64(0).subtractingReportingOverflow($0)) : $0
      }
    case .add: values = map(a, b, count: count) { checked($0.addingReportingOverflow($1)) }
    case .subtract:
      values = map(a, b, count: count) { checked($0.subtractingReportingOverflow($1)) }
    case .multiply:
      values = map(a, b, count: count) { checked($0.multipliedReportingOverflow(by: $1)) }
    case .minimum: values = map(a, b, count: count) { Swift.min($0, $1) }
    case .maximum: values = map(a, b, count: count) { Swift.max($0, $1) }
    case .remainder:
      // −1 divides everything, and Int64.min % −1 would trap.
      values = map(a, b, count: count) { $1 == 0 || $1 == -1 ? 0 : $0 % $1 }
      let hasDivisor = map(b, count: count) { $0 != 0 }
      validity = Flags.both(validity, hasDivisor)
    default: preconditionFailure("\(node.operation) is no operation on integers")
    }
    if hasOverflow {
      try reportOverflow(of: node, a, b, validity: validity, count: count)
    }
    return Vector(values, validity: validity)
  }

  /// Finds the first element that overflowed and isn't missing anyway.
  private func reportOverflow(
    of node: Node, _ a: Operand<Int64>, _ b: Operand<Int64>, validity: [Bool]?, count: Int
  ) throws {
    for element in 0..<count where validity?[element] != false {
      let (x, y) = (a[element], b[element])
      let (sign, overflows) =
        switch node.operation {
        case .add: ("+", x.addingReportingOverflow(y).overflow)
        case .subtract: ("-", x.subtractingReportingOverflow(y).overflow)
        case .multiply: ("*", x.multipliedReportingOverflow(by: y).overflow)
        default: ("-", x == .min)
        }
      guard overflows else { continue }
      let term = node.operands.count == 1 ? "-(\(x))" : "\(x) \(sign) \(y)"
      throw Failure(
        event: event(of: element, in: node.space),
        message: "\(term) does not fit into a 64-bit integer: write one operand with a '.0'")
    }
  }
}
