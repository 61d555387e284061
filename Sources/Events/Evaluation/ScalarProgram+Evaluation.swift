// SPDX-License-Identifier: Apache-2.0

extension ScalarProgram {
  /// The number for these values of the names; those left out are NaN.
  func value(_ numbers: [Double]) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: initial.count) { registers in
      _ = registers.initialize(fromContentsOf: initial)
      let given = min(nameCount, numbers.count)
      for index in 0..<given { registers[index] = numbers[index] }
      for instruction in instructions { instruction.perform(on: registers) }
      let value = registers[result.register]
      return result.isInteger ? Double(Int64(bitPattern: value.bitPattern)) : value
    }
  }
}

extension ScalarProgram.Instruction {
  /// Integers don't overflow here: the program was refused if they could.
  @inline(__always)
  func perform(on registers: UnsafeMutableBufferPointer<Double>) {
    let (x, y) = (registers[a], registers[b])
    registers[target] =
      switch action {
      case .widen: Double(integer(x))
      case .negate: -x
      case .absolute: x.magnitude
      case .add: x + y
      case .subtract: x - y
      case .multiply: x * y
      case .divide: x / y
      case .minimum: x < y || x.isNaN ? x : y
      case .maximum: x > y || x.isNaN ? x : y
      case .negateInteger: bits(0 &- integer(x))
      case .absoluteInteger: bits(integer(x) < 0 ? 0 &- integer(x) : integer(x))
      case .addIntegers: bits(integer(x) &+ integer(y))
      case .subtractIntegers: bits(integer(x) &- integer(y))
      case .multiplyIntegers: bits(integer(x) &* integer(y))
      case .minimumOfIntegers: bits(min(integer(x), integer(y)))
      case .maximumOfIntegers: bits(max(integer(x), integer(y)))
      case .remainder: bits(remainder(integer(x), integer(y)))
      case .function(let function): function.value(x)
      case .function2(let function): function.value(x, y)
      case .compare(let comparison): comparison.holds(x, y) ? 1 : 0
      case .compareIntegers(let comparison): comparison.holds(integer(x), integer(y)) ? 1 : 0
      case .and: x != 0 && y != 0 ? 1 : 0
      case .or: x != 0 || y != 0 ? 1 : 0
      case .not: x == 0 ? 1 : 0
      case .select: x != 0 ? y : registers[c]
      }
  }

  private func integer(_ register: Double) -> Int64 { Int64(bitPattern: register.bitPattern) }

  private func bits(_ integer: Int64) -> Double { Double(bitPattern: UInt64(bitPattern: integer)) }

  /// −1 divides everything, and Int64.min % −1 would trap.
  private func remainder(_ dividend: Int64, _ divisor: Int64) -> Int64 {
    divisor == 0 || divisor == -1 ? 0 : dividend % divisor
  }
}

extension ComparisonOperator {
  /// Whether it holds between two values, NaN being unequal to everything.
  @inline(__always)
  func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }
}
