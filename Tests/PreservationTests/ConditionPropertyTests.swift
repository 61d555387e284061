// SPDX-License-Identifier: Apache-2.0
import Foundation
import Preservation
import Testing
import Workflow

/// Random conditions, written out and evaluated here without SQL.
private indirect enum RandomCondition {
  case compare(RandomValue, String, RandomValue)
  case chain(RandomValue, RandomValue, RandomValue)
  case and(RandomCondition, RandomCondition)
  case or(RandomCondition, RandomCondition)
  case not(RandomCondition)

  static func make(depth: Int, _ random: inout SplitMix) -> RandomCondition {
    func value() -> RandomValue { .make(depth: 2, &random) }
    switch Int.random(in: 0..<(depth > 0 ? 5 : 2), using: &random) {
    case 0:
      let symbol = ["<", "<=", ">", ">=", "==", "!="].randomElement(using: &random) ?? "<"
      return .compare(value(), symbol, value())
    case 1: return .chain(value(), value(), value())
    case 2: return .and(make(depth: depth - 1, &random), make(depth: depth - 1, &random))
    case 3: return .or(make(depth: depth - 1, &random), make(depth: depth - 1, &random))
    default: return .not(make(depth: depth - 1, &random))
    }
  }

  var text: String {
    switch self {
    case .compare(let left, let symbol, let right): "\(left.text) \(symbol) \(right.text)"
    case .chain(let low, let middle, let high): "\(low.text) <= \(middle.text) < \(high.text)"
    case .and(let left, let right): "(\(left.text)) and (\(right.text))"
    case .or(let left, let right): "(\(left.text)) or (\(right.text))"
    case .not(let operand): "not (\(operand.text))"
    }
  }

  func holds(for row: [String: Double]) -> Bool {
    switch self {
    case .compare(let left, let symbol, let right):
      let (first, second) = (left.number(row), right.number(row))
      return switch symbol {
      case "<": first < second
      case "<=": first <= second
      case ">": first > second
      case ">=": first >= second
      case "==": first == second
      default: first != second
      }
    case .chain(let low, let middle, let high):
      return low.number(row) <= middle.number(row) && middle.number(row) < high.number(row)
    case .and(let left, let right): return left.holds(for: row) && right.holds(for: row)
    case .or(let left, let right): return left.holds(for: row) || right.holds(for: row)
    case .not(let operand): return !operand.holds(for: row)
    }
  }
}

/// Sums, differences and products of small whole numbers: exact in any order of evaluation.
private indirect enum RandomValue {
  case name(String)
  case number(Int)
  case negative(RandomValue)
  case binary(RandomValue, String, RandomValue)

  static func make(depth: Int, _ random: inout SplitMix) -> RandomValue {
    switch Int.random(in: 0..<(depth > 0 ? 4 : 2), using: &random) {
    case 0: return .name(["x", "y", "value"].randomElement(using: &random) ?? "x")
    case 1: return .number(Int.random(in: 0...9, using: &random))
    case 2: return .negative(make(depth: depth - 1, &random))
    default:
      let symbol = ["+", "-", "*"].randomElement(using: &random) ?? "+"
      return .binary(make(depth: depth - 1, &random), symbol, make(depth: depth - 1, &random))
    }
  }

  var text: String {
    switch self {
    case .name(let name): name
    case .number(let number): "\(number)"
    case .negative(let operand): "-(\(operand.text))"
    case .binary(let left, let symbol, let right): "(\(left.text) \(symbol) \(right.text))"
    }
  }

  func number(_ row: [String: Double]) -> Double {
    switch self {
    case .name(let name): return row[name] ?? .nan
    case .number(let number): return Double(number)
    case .negative(let operand): return -operand.number(row)
    case .binary(let left, let symbol, let right):
      let (first, second) = (left.number(row), right.number(row))
      return symbol == "+" ? first + second : symbol == "-" ? first - second : first * second
    }
  }
}

@Suite struct ConditionPropertyTests {
  @Test func sqlSelectsWhatTheConditionSays() throws {
    var random = SplitMix(state: 8)
    let temporary = try TemporaryRegistry()
    let version = try temporary.register()
    var rows: [[String: Double]] = []
    for index in 0..<25 {
      let row = ["x", "y", "value"].reduce(into: [String: Double]()) {
        $0[$1] = Double(Int.random(in: -5...9, using: &random))
      }
      rows.append(row)
      try temporary.record(
        [ResultValue(.mu_hat, value: row["value"] ?? 0)],
        signal: madeUpSignal("p\(index)", row.filter { $0.key != "value" }), of: version)
    }
    for _ in 0..<300 {
      let condition = RandomCondition.make(depth: 3, &random)
      var filter = ResultFilter()
      filter.condition = condition.text
      let selected = try temporary.registry.results(matching: filter).map(\.signal)
      let expected = rows.indices.filter { condition.holds(for: rows[$0]) }.map { "p\($0)" }
      #expect(selected == expected, "\(condition.text)")
    }
  }

  @Test func numbersComeBackBitForBit() throws {
    var random = SplitMix(state: 9)
    let temporary = try TemporaryRegistry()
    let version = try temporary.register()
    // All but the sign of zero, which SQLite drops.
    var values: [Double] = [0, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
    while values.count < 200 {
      let value = Double(bitPattern: random.next())
      if value.isFinite { values.append(value) }
    }
    try temporary.record(
      values.enumerated().map { ResultValue(.best_fit, subject: "\($0)", value: $1) }, of: version)
    let read = try temporary.registry.results(matching: ResultFilter()).map(\.result.value)
    #expect(read.map(\.bitPattern) == values.map(\.bitPattern))
  }
}
