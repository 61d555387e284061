// SPDX-License-Identifier: Apache-2.0
import Foundation
import Preservation
import Testing
import Workflow

@Suite struct ConditionTests {
  let temporary: TemporaryRegistry

  init() throws {
    temporary = try TemporaryRegistry()
    let version = try temporary.register()
    for (squark, lsp) in [(800.0, 400.0), (1000, 600), (1400, 0)] {
      try temporary.record(
        [
          ResultValue(.cls, value: squark / 10_000),
          ResultValue(.cls_expected, sigma: 1, value: 0.5),
          ResultValue(.yield, subject: "SR a", value: 3, entries: 3, unit: "events"),
        ],
        signal: madeUpSignal(
          "sq_\(Int(squark))", ["m_sq_gev": squark, "m_lsp_gev": lsp, "value": 7]),
        of: version)
    }
  }

  private func matching(_ condition: String) throws -> [String] {
    var filter = ResultFilter()
    filter.condition = condition
    return try temporary.registry.results(matching: filter).map {
      "\($0.signal) \($0.result.quantity.rawValue)"
    }
  }

  private func signals(_ condition: String) throws -> [String] {
    try matching("quantity == 'cls' and (\(condition))").map { String($0.prefix { $0 != " " }) }
  }

  @Test(arguments: [
    ("m_sq_gev > 900", ["sq_1000", "sq_1400"]),
    ("m_sq_gev >= 1000 and m_lsp_gev < 500", ["sq_1400"]),
    ("m_sq_gev == 800 or m_sq_gev = 1400", ["sq_800", "sq_1400"]),
    ("not m_sq_gev == 800", ["sq_1000", "sq_1400"]),
    ("not not m_sq_gev == 800", ["sq_800"]),
    ("900 < m_sq_gev <= 1000", ["sq_1000"]),
    ("m_sq_gev - m_lsp_gev < 500", ["sq_800", "sq_1000"]),
    ("m_sq_gev - 300 - 300 == 400", ["sq_1000"]),
    ("2 + 3 * 200 == m_lsp_gev + 2", ["sq_1000"]),
    ("-m_sq_gev < -1e3", ["sq_1400"]),
    ("m_lsp_gev / m_sq_gev > .55", ["sq_1000"]),
    ("value != 0.1", ["sq_800", "sq_1400"]),
    ("point.value == 7", ["sq_800", "sq_1000", "sq_1400"]),
    ("signal == \"sq_800\"", ["sq_800"]),
    ("analysis = 'squarks' and version == 1 and step == 'test'", ["sq_800", "sq_1000", "sq_1400"]),
    ("m_sq_gev == 800 or m_sq_gev == 1000 and m_lsp_gev == 0", ["sq_800"]),
  ])
  func comparisonsSelect(condition: String, expected: [String]) throws {
    #expect(try signals(condition) == expected)
  }

  @Test func columnsOfResults() throws {
    #expect(try matching("subject == 'SR a' and unit == 'events'").count == 3)
    #expect(try matching("sigma == 1").count == 3)
    #expect(try matching("entries / 2 > 1.4").count == 3)
    #expect(try matching("sigma > -3") == (try matching("quantity == 'cls_expected'")))
  }

  @Test(arguments: [
    ("m_sq > 1", 1, "'m_sq' is neither a parameter of a signal nor a column (known: m_lsp_gev"),
    ("m_sq_gev >", 11, "expected a name, a number or a text, not the end"),
    ("", 1, "expected a name, a number or a text, not the end"),
    ("m_sq_gev", 1, "expected a condition, not a number"),
    ("(m_sq_gev > 1", 14, "expected ')', not the end"),
    ("m_sq_gev > 1 m_lsp_gev", 14, "expected 'and', 'or' or the end, not 'm_lsp_gev'"),
    ("signal > 1", 1, "text can't be compared with a number"),
    ("signal + 1 > 1", 1, "expected a number, not text"),
    ("(value > 1) > 1", 2, "a condition can't be compared with a number"),
    ("value > 1 and sigma", 15, "expected a condition, not a number"),
    ("signal == 'a", 11, "the text that begins here has no closing '"),
    ("value > 1.2.3", 9, "'1.2.3' is not a number"),
    ("value > 1e999", 9, "'1e999' is not a number"),
    ("value > 12abc", 9, "'12abc' is not a number"),
    ("value > $1", 9, "'$' is not understood"),
    ("value > 1; DROP TABLE result", 10, "';' is not understood"),
    ("value > ?", 9, "'?' is not understood"),
    ("point.nothing > 1", 1, "'point.nothing' is neither"),
  ])
  func whatIsNotUnderstoodIsToldWithItsPlace(condition: String, column: Int, message: String) throws
  {
    let error = #expect(throws: RegistryError.self) { try matching(condition) }
    #expect(error?.code == .invalidQuery)
    #expect(
      error?.description.hasPrefix("condition, column \(column): \(message)") == true,
      "\(error?.description ?? "nothing")")
  }

  @Test(arguments: [
    "signal == \"x' OR '1'='1\"", "signal == 'x\") --'", "subject == '\\'",
    "signal == '%' or signal == '_'", "signal == 'x/*'",
  ])
  func quotedTextIsOnlyText(condition: String) throws {
    #expect(try matching(condition).isEmpty)
  }

  @Test func depthAndLengthAreBounded() throws {
    for condition in [
      String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000),
      String(repeating: "not ", count: 2000) + "value > 1",
      String(repeating: "-", count: 5000) + "1 > 1",
      String(repeating: "value > 1 and ", count: 5000) + "value > 1",
    ] {
      let error = #expect(throws: RegistryError.self) { try matching(condition) }
      #expect(error?.code == .invalidQuery)
    }
  }

  @Test func fieldsOfTheFilterMustAllHold() throws {
    var filter = ResultFilter()
    filter.analysis = "squarks"
    filter.version = 1
    filter.signal = "sq_1000"
    filter.run = 2
    filter.quantity = .cls
    filter.step = "test"
    let rows = try temporary.registry.results(matching: filter)
    #expect(rows.count == 1)
    #expect(rows.first?.result == ResultValue(.cls, value: 0.1))
    #expect(rows.first?.point == ["m_sq_gev": 1000, "m_lsp_gev": 600, "value": 7])
    filter.run = 3
    #expect(try temporary.registry.results(matching: filter).isEmpty)
  }
}
