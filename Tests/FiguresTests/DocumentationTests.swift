// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation
import Testing

/// The documentation names every figure and every mark, and its example runs.
struct DocumentationTests {
  private static func page(_ name: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: root.appendingPathComponent("Sources/Figures/Figures.docc/\(name).md"),
      encoding: .utf8)
  }

  /// The example of the module's page, to the letter.
  @Test func exampleOfThePageRuns() throws {
    // BEGIN
    var figure = BrazilFigure(
      title: "Squark pairs", notes: ["139 fb^{-1}", "95% CL"],
      x: FigureAxis("m_{\\tilde{q}}", unit: "GeV"),
      y: FigureAxis("\\mu^{95}", scale: .log),
      points: [
        .init(x: 1200, observed: 0.31, expected: [0.14, 0.19, 0.27, 0.38, 0.52]),
        .init(x: 1600, observed: 2.2, expected: [1.0, 1.4, 1.9, 2.8, 3.9]),
      ])
    figure.level = .init(1, "\\mu = 1")
    let document = try figure.svg()
    // END
    #expect(WellFormed.problem(document) == nil)
    let source = try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8)
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let begin = try #require(lines.firstIndex(of: "    // BEGIN"))
    let end = try #require(lines.firstIndex(of: "    // END"))
    let code = lines[(begin + 1)..<end].map { $0.dropFirst(4) }.joined(separator: "\n")
    #expect(try Self.page("Figures").contains("```swift\n\(code)\n```"))
  }

  @Test func everyFigureIsOnThePage() throws {
    let page = try Self.page("Figures")
    for figure in try Gallery.names.compactMap(Gallery.figure) {
      #expect(page.contains("- ``\(type(of: figure))``"))
    }
  }

  /// The first column of the table is drawn as something else than it is written.
  @Test func everyMarkOfTheTableIsOne() throws {
    let page = try Self.page("Labels")
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(rows.count >= 5)
    for row in rows {
      let written = row.split(separator: "|").first ?? ""
      for (index, mark) in written.split(separator: "`").enumerated() where index % 2 == 1 {
        let figure = PullFigure(
          title: String(mark), pulls: [Pull("x", value: 0, uncertainty: 1)])
        let title = try #require(SVGReader(figure.svg()).texts.first)
        #expect(!title.contains("\\") && !title.contains("{"), "\(mark)")
      }
    }
  }
}
