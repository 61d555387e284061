// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation
import Steps
import Testing
import Workflow

/// The vocabulary of files and results is closed: what the code knows, the articles explain.
@Suite("Articles on kinds and results")
struct DocumentationTests {
  private func article(_ path: String) throws -> String {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: root.appendingPathComponent("Sources/\(path).md"), encoding: .utf8)
  }

  @Test("every kind of step has its section", arguments: StepCatalog.standard.kinds.keys.sorted())
  func kind(_ name: String) throws {
    let lines = try article("Steps/Steps.docc/StepKindReference").split(separator: "\n")
    #expect(lines.contains("## \(name)"))
  }

  @Test("every quantity is a row of the table of results", arguments: Quantity.allCases)
  func quantity(_ quantity: Quantity) throws {
    let rows = try article("Reinterpretation/Documentation.docc/Results").split(separator: "\n")
      .filter { $0.hasPrefix("| `") }
    let column = rows.compactMap { $0.split(separator: "|").first }
    #expect(column.contains { $0.contains("`\(quantity.rawValue)`") })
  }

  @Test("the example of expected results is one")
  func expectedResults() throws {
    let text = try article("Reinterpretation/Documentation.docc/Specification")
    let example = text.components(separatedBy: "```yaml\n").dropFirst().first?
      .components(separatedBy: "```").first
    let expected = try ExpectedResults(yaml: try #require(example), file: "expected.yaml")
    #expect(expected.values.map(\.quantity) == [.cls, .upper_limit_expected])
  }
}
