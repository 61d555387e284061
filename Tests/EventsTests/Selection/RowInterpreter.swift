// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation

/// Foundation has one too.
typealias Expression = Events.Expression

/// The language event by event: walks the tree with values that know their types. Slow, simple,
/// and made from the grammar and the design's sentences alone, to check the column programs by.
struct RowInterpreter {
  indirect enum Value {
    case missing
    case boolean(Bool)
    case integer(Int64)
    case real(Double)
    case object([String: Value])
    case collection([Value])

    var isMissing: Bool { if case .missing = self { true } else { false } }
    var truth: Bool? { if case .boolean(let value) = self { value } else { nil } }
    var number: Double? {
      switch self {
      case .integer(let value): Double(value)
      case .real(let value): value
      default: nil
      }
    }
    var whole: Int64? { if case .integer(let value) = self { value } else { nil } }
    var elements: [Value] { if case .collection(let values) = self { values } else { [] } }
  }

  let event: [String: Value]
  var element: Value?
  var outer: Value?

  private func inside(_ element: Value) -> RowInterpreter {
    RowInterpreter(event: event, element: element, outer: self.element)
  }

  func value(_ expression: Expression) -> Value {
    switch expression.form {
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(value)
    case .real(let value): return .real(value)
    case .name(let name): return named(name)
    case .member(let object, let field):
      if case .object(let fields) = value(object) { return fields[field] ?? .missing }
      return .missing
    case .element(let collection, let index):
      return element(value(collection).elements, value(index))
    case .slice(let collection, let lower, let upper):
      let elements = value(collection).elements
      func place(_ bound: Expression?, _ otherwise: Int) -> Int {
        guard let number = bound.flatMap({ value($0).whole }) else { return otherwise }
        let place = number < 0 ? Int(number) + elements.count : Int(number)
        return min(max(place, 0), elements.count)
      }
      let (first, last) = (place(lower, 0), place(upper, elements.count))
      return .collection(first < last ? Array(elements[first..<last]) : [])
    case .call(let name, let arguments): return call(name, arguments)
    case .negation(let operand):
      switch value(operand) {
      case .integer(let value): return .integer(-value)
      case .real(let value): return .real(-value)
      default: return .missing
      }
    case .complement(let operand): return value(operand).truth.map { .boolean(!$0) } ?? .missing
    case .binary(let binary, let left, let right): return self.binary(binary, left, right)
    case .comparison(let first, let links):
      var left = value(first)
      var result = Value.boolean(true)
      for link in links {
        let right = value(link.operand)
        result = Self.kleene(result, Self.compare(link.comparison, left, right), decidedBy: false)
        left = right
      }
      return result
    case .conditional(let condition, let first, let second):
      guard let truth = value(condition).truth else { return .missing }
      return value(truth ? first : second)
    }
  }

  private func named(_ name: String) -> Value {
    switch name {
    case "pi": return .real(.pi)
    case "inf": return .real(.infinity)
    case "nan": return .real(.nan)
    case "it": return element ?? .missing
    case "it2": return outer ?? .missing
    case "ev": return .object(event)
    default: break
    }
    if case .object(let fields)? = element, let value = fields[name] { return value }
    return event[name] ?? .missing
  }

  private func element(_ elements: [Value], _ index: Value) -> Value {
    guard let index = index.whole.map(Int.init) else { return .missing }
    let place = index < 0 ? index + elements.count : index
    return elements.indices.contains(place) ? elements[place] : .missing
  }

  // MARK: Operators

  private static func kleene(_ a: Value, _ b: Value, decidedBy deciding: Bool) -> Value {
    if a.truth == deciding || b.truth == deciding { return .boolean(deciding) }
    return a.isMissing || b.isMissing ? .missing : .boolean(!deciding)
  }

  private static func compare(_ comparison: ComparisonOperator, _ a: Value, _ b: Value) -> Value {
    func ordered<V: Comparable>(_ a: V, _ b: V) -> Value {
      switch comparison {
      case .equal: .boolean(a == b)
      case .notEqual: .boolean(a != b)
      case .less: .boolean(a < b)
      case .lessOrEqual: .boolean(a <= b)
      case .greater: .boolean(a > b)
      case .greaterOrEqual: .boolean(a >= b)
      }
    }
    if let a = a.truth, let b = b.truth { return ordered(a ? 1 : 0, b ? 1 : 0) }
    if let a = a.whole, let b = b.whole { return ordered(a, b) }
    if let a = a.number, let b = b.number { return ordered(a, b) }
    return .missing
  }

  private func binary(_ binary: BinaryOperator, _ left: Expression, _ right: Expression) -> Value {
    let (a, b) = (value(left), value(right))
    switch binary {
    case .and: return Self.kleene(a, b, decidedBy: false)
    case .or: return Self.kleene(a, b, decidedBy: true)
    case .coalesce: return a.isMissing ? b : a
    case .divide: return reals(a, b, /)
    case .power: return reals(a, b, pow)
    case .remainder:
      guard let a = a.whole, let b = b.whole, b != 0 else { return .missing }
      return .integer(a.remainderReportingOverflow(dividingBy: b).partialValue)
    case .add: return arithmetic(a, b, +, +)
    case .subtract: return arithmetic(a, b, -, -)
    case .multiply: return arithmetic(a, b, *, *)
    }
  }

  private func reals(_ a: Value, _ b: Value, _ operation: (Double, Double) -> Double) -> Value {
    guard let a = a.number, let b = b.number else { return .missing }
    return .real(operation(a, b))
  }

  private func arithmetic(
    _ a: Value, _ b: Value, _ integers: (Int64, Int64) -> Int64,
    _ reals: (Double, Double) -> Double
  ) -> Value {
    if let a = a.whole, let b = b.whole { return .integer(integers(a, b)) }
    return self.reals(a, b, reals)
  }

  // MARK: Functions

  private func call(_ name: String, _ arguments: [Expression]) -> Value {
    let first = value(arguments[0])
    if case .collection(let elements) = first { return over(name, elements, arguments) }
    let values = arguments.map(value)
    switch name {
    case "exists": return .boolean(!first.isMissing)
    case "abs":
      if let whole = first.whole { return .integer(Swift.abs(whole)) }
      return first.number.map { .real(Swift.abs($0)) } ?? .missing
    case "min", "max":
      return values.dropFirst().reduce(first) { extreme($0, $1, name == "min") }
    case "clamp": return extreme(extreme(values[0], values[1], false), values[2], true)
    case "atan2": return reals(values[0], values[1], atan2)
    case "deltaPhi": return reals(field("phi", values[0]), field("phi", values[1]), Self.deltaPhi)
    case "deltaEta": return reals(field("eta", values[0]), field("eta", values[1]), -)
    case "deltaR":
      let eta = reals(field("eta", values[0]), field("eta", values[1]), -)
      let phi = reals(field("phi", values[0]), field("phi", values[1]), Self.deltaPhi)
      return reals(eta, phi) { ($0 * $0 + $1 * $1).squareRoot() }
    default:
      let functions: [String: (Double) -> Double] = [
        "sqrt": { $0.squareRoot() }, "exp": exp, "log": log, "sin": sin, "cos": cos,
        "floor": floor,
      ]
      guard let number = first.number, let function = functions[name] else { return .missing }
      return .real(function(number))
    }
  }

  private func field(_ name: String, _ value: Value) -> Value {
    if case .object(let fields) = value { return fields[name] ?? .missing }
    return value
  }

  /// The exact remainder of IEEE 754, in (−π, π].
  private static func deltaPhi(_ a: Double, _ b: Double) -> Double {
    let turn = 2 * Double.pi
    let remainder = (a - b).remainder(dividingBy: turn)
    return remainder <= -.pi ? remainder + turn : remainder
  }

  /// The smaller or larger of two; NaN if one is.
  private func extreme(_ a: Value, _ b: Value, _ isMinimum: Bool) -> Value {
    if let a = a.whole, let b = b.whole { return .integer(isMinimum ? min(a, b) : max(a, b)) }
    guard let x = a.number, let y = b.number else { return .missing }
    if x.isNaN || y.isNaN { return .real(.nan) }
    return .real(isMinimum ? min(x, y) : max(x, y))
  }

  private func over(_ name: String, _ elements: [Value], _ arguments: [Expression]) -> Value {
    if name == "pairs" {
      return .collection(
        elements.indices.flatMap { i in
          elements[(i + 1)...].map { .object(["first": elements[i], "second": $0]) }
        })
    }
    guard arguments.count == 2 else {
      return name == "first" ? elements.first ?? .missing : .integer(Int64(elements.count))
    }
    let values = elements.map { inside($0).value(arguments[1]) }
    switch name {
    case "any": return values.reduce(.boolean(false)) { Self.kleene($0, $1, decidedBy: true) }
    case "all": return values.reduce(.boolean(true)) { Self.kleene($0, $1, decidedBy: false) }
    case "none":
      let any = values.reduce(.boolean(false)) { Self.kleene($0, $1, decidedBy: true) }
      return any.truth.map { .boolean(!$0) } ?? .missing
    case "first": return zip(elements, values).first { $0.1.truth == true }?.0 ?? .missing
    default: break
    }
    if values.contains(where: \.isMissing) { return .missing }
    switch name {
    case "count": return .integer(Int64(values.filter { $0.truth == true }.count))
    case "sum":
      if case .real? = values.first { return .real(values.compactMap(\.number).reduce(0, +)) }
      // The type of a sum of nothing isn't known here; the caller compares it as a number.
      return .integer(values.compactMap(\.whole).reduce(0, +))
    case "product": return .real(values.compactMap(\.number).reduce(1, *))
    case "min", "max":
      guard let first = values.first else { return .missing }
      return values.dropFirst().reduce(first) { extreme($0, $1, name == "min") }
    default:
      let numbers = values.compactMap(\.number)
      let places = numbers.indices.filter { !numbers[$0].isNaN }
      let best =
        name == "argmin"
        ? places.min { numbers[$0] < numbers[$1] }
        : places.first { place in places.allSatisfy { numbers[$0] <= numbers[place] } }
      return best.map { .integer(Int64($0)) } ?? .missing
    }
  }
}
