// SPDX-License-Identifier: Apache-2.0
import Figures
import Testing

/// Titles and labels, as they are in the document.
struct LabelTests {
  /// The title with the parts that aren't on its line: `^` above, `_` below.
  private static func title(_ title: String) throws -> (text: String, parts: [String]) {
    let figure = PullFigure(title: title, pulls: [Pull("x", value: 0, uncertainty: 1)])
    let reader = try SVGReader(figure.svg())
    let text = try #require(reader.elements("text").first)
    var rise = 0.0
    var parts: [String] = []
    let line = reader.elements.drop { $0.name != "text" }.dropFirst()
      .prefix { $0.name == "tspan" || $0.name == "title" }
    for part in line where part.name == "tspan" {
      rise -= part["dy"] ?? 0
      parts.append((abs(rise) < 0.01 ? "" : rise > 0 ? "^" : "_") + part.text)
    }
    return (text.text, parts)
  }

  @Test(arguments: [
    ("plain", "plain"),
    ("\\sigma × \\Delta\\mu \\leq 3 \\pm 1", "σ × Δμ ≤ 3 ± 1"),
    ("m_sq_gev and alpha_jes^2", "m_sq_gev and alpha_jes^2"),
    ("\\tilde{q} \\hat{\\mu} t\\bar{t} \\sqrt{s}", "q\u{303} μ\u{302} tt\u{305} √s"),
    ("\\unknown{x} C:\\path", "\\unknown{x} C:\\path"),
    ("open_{ and ^{ and \\tilde{", "open_{ and ^{ and \\tilde{"),
    ("5 < 6 & \"7\" > '3'", "5 < 6 & \"7\" > '3'"),
    ("\u{1}bell\u{7}", "\u{FFFD}bell\u{FFFD}"),
  ])
  func marksAreDrawnAndTheRestIsKept(_ written: String, _ drawn: String) throws {
    #expect(try Self.title(written).text == drawn)
  }

  @Test func scriptsLeaveTheLineAndComeBack() throws {
    #expect(try Self.title("m_{q}^{2} GeV").parts == ["m", "_q", "^2", " GeV"])
    #expect(try Self.title("10^{-3}").parts == ["10", "^−3"])
    #expect(try Self.title("a_{b_{c}}d").parts == ["a", "_b", "_c", "d"])
  }

  @Test func deepBracesEnd() throws {
    let deep = String(repeating: "_{", count: 300) + "x" + String(repeating: "}", count: 300)
    #expect(
      WellFormed.problem(
        try PullFigure(title: deep, pulls: [Pull("x", value: 0, uncertainty: 1)]).svg()) == nil)
  }

  @Test func longNamesKeepTheirEndsAndTheWholeAsAHint() throws {
    let name = "alpha_" + String(repeating: "very_", count: 30) + "long_end"
    let reader = try SVGReader(
      PullFigure(pulls: [Pull(name, value: 0, uncertainty: 1)]).svg())
    #expect(reader.elements("title").contains { $0.text == name })
    let drawn = reader.elements("tspan").map(\.text) + reader.texts
    #expect(
      drawn.contains { $0.contains("alpha_") && $0.contains("…") && $0.hasSuffix("long_end") })
  }

  @Test func longTitlesTakeTwoLines() throws {
    let words = "Squarks and gluinos in final states with jets and missing transverse momentum"
    func lines(_ title: String) throws -> [String] {
      let reader = try SVGReader(
        PullFigure(title: title, pulls: [Pull("x", value: 0, uncertainty: 1)]).svg())
      return reader.elements("text").prefix { $0["font-size"] == 22 }.map(\.text)
    }
    let two = try lines(words)
    #expect(two.count == 2 && two.joined(separator: " ") == words)
    #expect(try lines(words + ", " + words + ", " + words).count == 2)
    #expect(try lines("short") == ["short"])
    // A break inside of braces would leave them unclosed.
    let script = "x_{" + String(repeating: "very long ", count: 12) + "script} and an end"
    #expect(try lines(script).allSatisfy { !$0.contains("{") && !$0.contains("}") })
  }

  @Test func anyTextGivesADocument() throws {
    var random = SeededRandom(7)
    let alphabet = Array("ab_^{}\\ <&>\"'\u{0}\u{8}\u{FFFE}éμ漢\u{303}🙂\n\tsigmatilde")
    for _ in 0..<300 {
      let count = Int.random(in: 0...40, using: &random)
      let text = String((0..<count).compactMap { _ in alphabet.randomElement(using: &random) })
      let figure = LossFigure(
        title: text, notes: [text, text], step: FigureAxis(text, unit: text),
        curves: [.init(text, values: [3, 2, 1])])
      #expect(WellFormed.problem(try figure.svg()) == nil, "\(text.debugDescription)")
    }
  }
}
