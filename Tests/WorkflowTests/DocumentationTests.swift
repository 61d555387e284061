// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import Workflow

@Suite("Articles")
struct DocumentationTests {
  /// The YAML example of an article, and the article.
  private func article(_ name: String) throws -> (example: String, text: String) {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent("Sources/Workflow/Workflow.docc/\(name).md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let example = text.components(separatedBy: "```yaml\n").dropFirst().first?
      .components(separatedBy: "```").first
    return (try #require(example), text)
  }

  @Test("the example of an analysis is one")
  func analysisExample() throws {
    #expect(refusal(try article("AnalysisFile").example) == nil)
  }

  @Test("the example of a signal is one for the example of an analysis")
  func signalExample() throws {
    let folder = try TemporaryFolder()
    try folder.write("events", to: "sqsq_1400_0.root")
    let signal = try Signal(
      yaml: article("SignalFile").example, file: folder.url.appendingPathComponent("signal.yaml"),
      for: analysis(article("AnalysisFile").example))
    #expect(signal.point["m_sq_gev"] == 1400)
  }

  @Test("every key that is read is in the article")
  func keys() throws {
    let article = try article("AnalysisFile").text
    for key in known(in: refusal("zzzzzzzzzz: 1") ?? "") {
      #expect(article.contains("`\(key)`"), "\(key) is not in AnalysisFile.md")
    }
    let folder = try TemporaryFolder()
    let refusal = #expect(throws: InvalidSpecification.self) {
      try Signal(
        yaml: "zzzzzzzzzz: 1", file: folder.url.appendingPathComponent("signal.yaml"),
        for: analysis())
    }
    let other = try self.article("SignalFile").text
    for key in known(in: refusal?.description ?? "")
    where !["efficiency_map", "generator"].contains(key) {
      #expect(other.contains("`\(key)`"), "\(key) is not in SignalFile.md")
    }
  }

  /// The list in "unknown key … (known: a, b)".
  private func known(in refusal: String) -> [String] {
    let list = refusal.components(separatedBy: "(known: ").dropFirst().first?
      .components(separatedBy: ")").first
    let keys = (list ?? "").components(separatedBy: ", ")
    #expect(keys.count > 4)
    return keys
  }
}
