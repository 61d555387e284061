// SPDX-License-Identifier: Apache-2.0

/// Values of one node for a block of events.
struct Vector {
  /// Slices, so that columns are seen where the reader has them.
  enum Values {
    case booleans(ArraySlice<Bool>)
    case integers(ArraySlice<Int64>)
    case reals(ArraySlice<Double>)
  }

  /// Where a value is missing, there is some number that means nothing.
  var values: Values
  /// Whether each value is there; nil if all are.
  var validity: [Bool]?
  /// One value that stands for every element.
  var isUniform: Bool

  init(_ values: Values, validity: [Bool]? = nil, isUniform: Bool = false) {
    self.values = values
    self.validity = validity
    self.isUniform = isUniform
  }

  init(_ booleans: [Bool], validity: [Bool]? = nil, isUniform: Bool = false) {
    self.init(.booleans(booleans[...]), validity: validity, isUniform: isUniform)
  }
  init(_ integers: [Int64], validity: [Bool]? = nil, isUniform: Bool = false) {
    self.init(.integers(integers[...]), validity: validity, isUniform: isUniform)
  }
  init(_ reals: [Double], validity: [Bool]? = nil, isUniform: Bool = false) {
    self.init(.reals(reals[...]), validity: validity, isUniform: isUniform)
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
    Operand(values: validity?[...] ?? [true], isUniform: isUniform || validity == nil)
  }
}

/// One value per element, or one for all.
struct Operand<Value> {
  let values: ArraySlice<Value>
  let isUniform: Bool

  subscript(index: Int) -> Value { values[values.startIndex + (isUniform ? 0 : index)] }

  /// The values, none for an element they don't have.
  @inline(__always)
  func withBuffer<Result>(_ body: (UnsafeBufferPointer<Value>) -> Result) -> Result {
    values.withUnsafeBufferPointer(body)
  }
}

/// Whether each value of an operation is there: where all of its operands are.
func validity(of operands: [Vector], count: Int) -> [Bool]? {
  var known: [Bool]?
  for operand in operands {
    guard let validity = operand.validity else { continue }
    let own = operand.isUniform ? Array(repeating: validity[0], count: count) : validity
    known = Flags.both(known, own)
  }
  return known
}

// MARK: Loops
//
// The loops run over buffers whose lengths the evaluator has checked, with no branch but the
// operation's own, so that the compiler can vectorise them.

@inline(__always)
func map<A, Result>(_ a: Operand<A>, count: Int, _ operation: (A) -> Result) -> [Result] {
  if a.isUniform { return Array(repeating: operation(a[0]), count: count) }
  precondition(a.values.count >= count)
  return Array(unsafeUninitializedCapacity: count) { result, size in
    a.withBuffer { a in
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
    let constant = a[0]
    return map(b, count: count) { operation(constant, $0) }
  }
  if b.isUniform {
    let constant = b[0]
    return map(a, count: count) { operation($0, constant) }
  }
  precondition(a.values.count >= count && b.values.count >= count)
  return Array(unsafeUninitializedCapacity: count) { result, size in
    a.withBuffer { a in
      b.withBuffer { b in
        for i in 0..<count { result.initializeElement(at: i, to: operation(a[i], b[i])) }
      }
    }
    size = count
  }
}
