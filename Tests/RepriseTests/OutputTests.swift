// SPDX-License-Identifier: Apache-2.0
import Testing
import reprise

/// Numbers and tables as people see them.
@Suite struct OutputTests {
  @Test(arguments: [
    (0.0, "0"), (1, "1"), (-3, "-3"), (0.35998495, "0.3600"), (0.0525151, "0.05252"),
    (1234.5678, "1235"), (12.345, "12.35"), (99.996, "100.00"), (1e-4, "0.0001000"),
    (2.6264e-7, "2.626e-07"), (-2.6264e-7, "-2.626e-07"), (1.5e6, "1.500e+06"),
    (999_999, "999999"), (1e-124, "1.000e-124"),
  ])
  func fourSignificantDigits(value: Double, text: String) {
    #expect(NumberText.of(value) == text)
  }

  @Test func whatIsNoNumber() {
    #expect(NumberText.of(.nan, digits: 6) == "nan")
    #expect(NumberText.of(-.infinity) == "-inf")
    #expect(NumberText.of(.nan, uncertainty: 0.1) == "nan")
  }

  /// The uncertainty has two significant digits, the value as many decimals.
  @Test(arguments: [
    (3.1234, 0.9012, "3.12 ± 0.90"), (37.123, 2.96, "37.1 ± 3.0"), (154.2, 12.4, "154 ± 12"),
    (0.0125, 0.00248, "0.0125 ± 0.0025"), (0, 0.52, "0.00 ± 0.52"), (1500, 234, "1500 ± 234"),
  ])
  func valueWithUncertainty(value: Double, uncertainty: Double, text: String) {
    #expect(NumberText.of(value, uncertainty: uncertainty) == text)
  }

  @Test func uncertaintyThatSaysNothing() {
    #expect(NumberText.of(0.5, uncertainty: nil) == "0.5000")
    #expect(NumberText.of(0.5, uncertainty: 0) == "0.5000")
    #expect(NumberText.of(0.5, uncertainty: .infinity) == "0.5000")
  }

  @Test(arguments: [
    (0.00831, "0.83 %"), (0.0125, "1.2 %"), (0.126, "13 %"), (1, "100 %"), (0, "0 %"),
    (2e-5, "0.0020 %"), (.nan, "nan %"),
  ])
  func percent(value: Double, text: String) {
    #expect(NumberText.percent(value) == text)
  }

  @Test(arguments: [(4.4, "4 s"), (89, "89 s"), (90, "2 min"), (3600, "60 min"), (90_000, "25 h")])
  func span(seconds: Double, text: String) {
    #expect(NumberText.span(seconds) == text)
  }

  @Test func points() throws {
    #expect(
      try PointArgument.values("m_sq_gev=1500, m_lsp_gev = 3e2") == [
        "m_sq_gev": 1500, "m_lsp_gev": 300,
      ])
    #expect(try PointArgument.values("x=-1") == ["x": -1])
    for text in ["", "x", "x=", "=1", "x=1=2", "x=inf", "x=1,x=1", "x=1,,y=2"] {
      #expect(throws: (any Error).self, "\(text)") { try PointArgument.values(text) }
    }
  }

  @Test func durations() {
    #expect(NumberText.seconds(0.0121) == "12 ms")
    #expect(NumberText.seconds(3.44) == "3.4 s")
    #expect(NumberText.seconds(nil) == "-")
  }

  private let table = Table(
    [.text("step"), .number("CLs"), .text("why is it"), .number("σ limit (fb)")],
    [
      ["select", "1", "input.events changed and several other things", "12.5"],
      ["m", "0.25", "two\nlines", "3"],
    ])

  /// Columns are aligned, symbols and units keep their letters, nothing trails.
  @Test func wholeTableInAPipe() {
    #expect(
      table.lines(width: nil) == [
        "STEP     CLs  WHY IS IT                                      σ LIMIT (fb)",
        "select     1  input.events changed and several other things          12.5",
        "m       0.25  two lines                                                 3",
      ])
  }

  /// Text columns give way on a narrow terminal, numbers never do.
  @Test(arguments: [40, 50, 60, 80]) func narrowTerminal(width: Int) {
    let lines = table.lines(width: width)
    #expect(lines.allSatisfy { $0.count <= width })
    #expect(lines[1].hasSuffix("12.5"))
    #expect(lines[1].hasPrefix("select "))
    #expect(lines[2].contains("0.25"))
    #expect(lines[1].contains("…") == (width < 75))
  }

  @Test func tableWiderThanItCanShrink() {
    #expect(table.lines(width: 10) == table.lines(width: nil))
  }

  /// RFC 4180: quotes are doubled, and only fields that need it are quoted.
  @Test func commaSeparatedValues() {
    let text = CSVText.of(["a", "b"], [["1", "x, y"], ["say \"no\"", "line\nbreak"]])
    #expect(text == "a,b\r\n1,\"x, y\"\r\n\"say \"\"no\"\"\",\"line\nbreak\"")
  }
}
