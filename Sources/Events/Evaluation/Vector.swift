// SPDX-License-Identifier: Apache-2.0

/// Values of one node for a block of events.
struct Vector {
  /// Where a value is missing, there is some number that means nothing.
  var values: ColumnValues
  /// Whether each value is there; nil if all are.
  var validity: [Bool]?
  /// One value that stands for every element.
  var isUniform: Bool

  init(_ values: ColumnValues, validity: [Bool]? = nil, isUniform: Bool = false) {
    self.values = values
    self.validity = validity
    self.isUniform = isUniform
  }

  // The compiler has checked the types of all operands, so these can't fail on any input.

  var reals: Operand<Double> {
    guard case .reals(let values) = values else { preconditionFailure("not reals") }
    return Operand(values: values, isUniform: isUniform)
  }
  var integers: Operand<Int64> {
    guard case .integers(let values) = values else { preconditionFailure("not integers") }
    return Operand(values: values, isUniform: isUniform)
  }
  var booleans: Operand<Bool> {
    guard case .booleans(let values) = values else { preconditionFailure("not truth values") }
    return Operand(values: values, isUniform: isUniform)
  }
  var isValid: Operand<Bool> {
    Operand(values: validity ?? [true], isUniform: isUniform || validity == nil)
  }

  /// How many values are stored.
  var count: Int {
    switch values {
    case .booleans(let values): values.count
    case .integers(let values): values.count
    case .reals(let values): values.count
    }
  }
}

/// One value per element, or one for all.
struct Operand<Value> {
  let values: [Value]
  let isUniform: Bool

  subscript(index: Int) -> Value { values[isUniform ? 0 : index] }
}

/// Whether each value of an operation is there: where all of its operands are.
func validity(of operands: Vector..., count: Int) -> [Bool]? {
  var known: [Bool]?
  for operand in operands {
    guard let validity = operand.validity else { continue }
    let own = operand.isUniform ? Array(repeating: validity[0], count: count) : validity
    known = known.map { Flags.both($0, own) } ?? own
  }
  return known
}

// MARK: Loops
//
// The loops run over buffers whose lengths the evaluator has checked, with no branch but the
// operation's own, so that the compiler can vectorise them.

@inline(__always)
func map<A, Result>(_ a: Operand<A>, count: Int, _ operation: (A) -> Result) -> [Result] {
  if a.isUniform { return Array(repeating: operation(a.values[0]), count: count) }
  precondition(a.values.count >= count)
  return Array(unsafeUninitializedCapacity: count) { result, size in
    a.values.withUnsafeBufferPointer { a in
      for i in 0..<count { result.initializeElement(at: i, to: operation(a[i])) }
    }
    size = count
  }
}

@inline(__always)
func map<A, B, Result>(
  _ a: Operand<A>, _ b: Operand<B>, count: Int, _ operation: (A, B) -> Result
) -> [Result] {
  if a.isUniform {
    let constant = a.values[0]
    return map(b, count: count) { operation(constant, $0) }
  }
  if b.isUniform {
    let constant = b.values[0]
    return map(a, count: count) { operation($0, constant) }
  }
  precondition(a.values.count >= count && b.values.count >= count)
  return Array(unsafeUninitializedCapacity: count) { result, size in
    a.values.withUnsafeBufferPointer { a in
      b.values.withUnsafeBufferPointer { b in
        for i in 0..<count { result.initializeElement(at: i, to: operation(a[i], b[i])) }
      }
    }
    size = count
  }
}
