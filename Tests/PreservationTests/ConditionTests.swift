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

  @Test func whatIsNotThereIsNull() throws {
    #expect(try matching("subject is null").count == 6)
    #expect(try matching("subject is not null") == (try matching("quantity == 'yield'")))
    #expect(try matching("not subject is null") == (try matching("subject is not null")))
    #expect(try matching("sigma is null and entries is null and uncertainty is null").count == 3)
    #expect(try matching("sigma + 1 is null").count == 6)
    #expect(try matching("(sigma is null) or sigma == 1").count == 9)
    // Nothing equals what isn't there, and nothing differs from it.
    #expect(try matching("sigma == 1 or sigma != 1").count == 3)
    let other = try temporary.register("gluinos")
    try temporary.record(
      [ResultValue(.cls, value: 0.5)], signal: madeUpSignal("gl", ["m_gl_gev": 5]), of: other)
    #expect(try signals("m_sq_gev is null") == ["gl"])
    #expect(try signals("point.m_gl_gev is null") == ["sq_800", "sq_1000", "sq_1400"])
  }

  @Test func scansAreAskedForByTheirRuns() throws {
    let registry = temporary.registry
    let version = try registry.version(of: "squarks")
    let runs = try registry.runs().map(\.id)
    for (name, runs) in [("first", [runs[0], runs[1]]), ("second", [runs[1]])] {
      let scan = try registry.startScan(temporary.scan(name, of: version))
      for (number, run) in runs.enumerated() {
        let position = Double(number) / 8
        try registry.propose([proposal(number, round: number + 1, at: position)], in: scan)
        // An attempt that failed is no second result.
        try registry.record(.failed(number, attempt: 1, run: run, message: "killed"), in: scan)
        try registry.record(
          .finished(number, attempt: 2, run: run, outputs: ["obs": ScanOutputValue(1)]), in: scan)
      }
    }
    #expect(try signals("scan == 'first'") == ["sq_800", "sq_1000"])
    #expect(try signals("scan == 'second'") == ["sq_1000"])
    #expect(try signals("scan is null") == ["sq_1400"])
    #expect(try signals("scan is not null") == ["sq_800", "sq_1000"])
    #expect(try signals("scan == 'third'").isEmpty)
    #expect(try matching("scan == 'second'").count == 3)
    let table = try registry.query(
      "SELECT scan, number, status, attempt, outputs ->> '$.obs.value' FROM scanPoints "
        + "WHERE scan = 'second'")
    #expect(
      table.rows == [[.text("second"), .integer(0), .text("finished"), .integer(2), .integer(1)]])
    let scans = try registry.query("SELECT scan, status, proposed, finished FROM scans")
    #expect(
      scans.rows == [
        [.text("first"), .text("running"), .integer(2), .integer(2)],
        [.text("second"), .text("running"), .integer(1), .integer(1)],
      ])
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
    ("subject is", 11, "expected 'null' or 'not null' after 'is', not the end"),
    ("subject is 5", 12, "expected 'null' or 'not null' after 'is', not 5.0"),
    ("subject is not 'x'", 16, "expected 'null' after 'is', not 'x'"),
    ("subject == null", 12, "nothing equals null: write 'is null' or 'is not null'"),
    ("(value > 1) is null", 2, "a condition is never null"),
    ("1 < value is null", 11, "expected 'and', 'or' or the end, not 'is'"),
    ("is null", 1, "'is' is neither a parameter"),
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
