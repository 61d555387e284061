// SPDX-License-Identifier: Apache-2.0
import Events
import Testing

/// Column programs against the row interpreter, on random expressions and events.
struct InterpreterAgreementTests {
  private func agrees(_ value: ExpressionValue, _ row: RowInterpreter.Value) -> Bool {
    switch (value, row) {
    case (.missing, .missing): true
    case (.boolean(let a), .boolean(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    // Same operations in the same order give the same bits.
    case (.real(let a), _): row.number.map { a == $0 || (a.isNaN && $0.isNaN) } ?? false
    default: false
    }
  }

  @Test(arguments: 0..<20)
  func columnsAgreeWithRows(part: Int) throws {
    for seed in (part * 100)..<(part * 100 + 100) {
      var program = RandomProgram(randomness: SeededRandomness(seed: UInt64(seed)))
      let reader = program.events(23)
      let text =
        switch seed % 3 {
        case 0: program.real(4)
        case 1: program.condition(4)
        default: program.integer(4)
        }
      let expression = try Expression(parsing: text)
      let values = try ExpressionValue.values(
        of: text, columns: RandomProgram.columns, over: reader)
      for event in 0..<reader.entryCount {
        let row = RowInterpreter(event: RandomProgram.row(event, of: reader)).value(expression)
        #expect(agrees(values[event], row), "seed \(seed), event \(event): \(text): \(row)")
      }
    }
  }

  /// The expressions are not trivial: they give every kind of value.
  @Test func everyKindOfValueOccurs() throws {
    var kinds: Set<String> = []
    for seed in 0..<200 {
      var program = RandomProgram(randomness: SeededRandomness(seed: UInt64(seed)))
      let reader = program.events(5)
      let text = program.condition(4)
      for value in try ExpressionValue.values(
        of: text, columns: RandomProgram.columns, over: reader)
      {
        kinds.insert("\(value)")
      }
    }
    #expect(kinds == ["missing", "boolean(true)", "boolean(false)"])
  }
}
