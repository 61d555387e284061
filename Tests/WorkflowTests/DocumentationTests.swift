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
    for key in known(in: refusal?.description ?? "") {
      #expect(other.contains("`\(key)`"), "\(key) is not in SignalFile.md")
    }
  }

  @Test("the example of a scan is one, of the example of an analysis")
  func scanExample() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "scan-signal.yaml")
    try folder.write("m_sq_gev,m_lsp_gev\n1000,300\n", to: "prior.csv")
    let scan = try ScanSpecification(
      yaml: article("ScanFile").example, file: folder.url.appendingPathComponent("scan.yaml"),
      analysis: { _ in try analysis(article("AnalysisFile").example) })
    #expect(scan.outputs.count == 3)
    #expect(scan.design.seedPoints == [[1000, 300]])
  }

  @Test("the examples of a signal family are ones, and so are their tables")
  func familyExamples() throws {
    let folder = try TemporaryFolder()
    let parts = try article("SignalFamilyFile").text.components(separatedBy: "```")
    let (yaml, generator) = (parts[1], parts[7])
    try folder.write(parts[3].dropping("\n"), to: "xsec.csv")
    try folder.write(parts[5].dropping("\n"), to: "efficiencies.csv")
    try folder.write("", to: "generate.py")
    let analysis = try analysis(article("AnalysisFile").example)
    let file = folder.url.appendingPathComponent("signal.yaml")
    let family = try SignalFamily(
      yaml: yaml.dropping("yaml\n"), file: file, for: analysis,
      parameters: ["m_sq_gev", "m_lsp_gev"])
    #expect(try #require(family.crossSection).crossSection(at: ["m_sq_gev": 800]).value == 0.1489)
    let other = try SignalFamily(
      yaml: "schema: 1\nsignal: squark\n" + generator.dropping("yaml\n"), file: file,
      for: analysis, parameters: ["m_sq_gev"])
    guard case .generator(let program) = other.source else {
      Issue.record("not a generator")
      return
    }
    #expect(program.timeLimit == 600)
  }

  @Test("every key of a scan and of a signal family is in its article")
  func scanKeys() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("f.yaml")
    let scan = try article("ScanFile").text
    let family = try article("SignalFamilyFile").text
    func refusals(_ body: () throws -> Void) -> String {
      do {
        try body()
        return ""
      } catch {
        return "\(error)"
      }
    }
    let wrong = "zzzzzzzzzz: 1"
    let scanRefusal = refusals { _ = try ScanSpecification(yaml: wrong, file: file) }
    let familyRefusal = refusals {
      _ = try SignalFamily(yaml: wrong, file: file, for: analysis())
    }
    let generatorRefusal = refusals {
      _ = try SignalFamily(
        yaml: "schema: 1\nsignal: s\ngenerator: {\(wrong)}", file: file, for: analysis())
    }
    for key in known(in: scanRefusal) { #expect(scan.contains("`\(key)`"), "\(key)") }
    for key in known(in: familyRefusal) where !["point", "events", "yields", "patch"].contains(key)
    {
      #expect(family.contains("`\(key)`"), "\(key)")
    }
    for key in known(in: generatorRefusal) { #expect(family.contains("`\(key)`"), "\(key)") }
    let rest = ["mode", "warm_start", "failures", "stop", "seed", "surrogate", "acquisition"]
    for key in rest { #expect(scan.contains("`\(key)`"), "\(key)") }
    for name in ScanAcquisition.Kind.allCases.map(\.rawValue)
      + ScanOutput.Transform.allCases.map(\.rawValue)
      + ScanSpecification.Mode.allCases.map(\.rawValue)
    {
      #expect(scan.contains("`\(name)`"), "\(name)")
    }
  }

  @Test("every public type is curated in the catalog's front page")
  func curation() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Sources/Workflow")
    let front = try String(
      contentsOf: root.appendingPathComponent("Workflow.docc/Workflow.md"), encoding: .utf8)
    let files =
      FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    var count = 0
    for path in files where path.hasSuffix(".swift") {
      let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
      for line in text.split(separator: "\n") {
        let words = line.split { " :<({".contains($0) }
        guard line.hasPrefix("public "), let kind = words.firstIndex(where: Self.kinds.contains),
          words.count > kind + 1
        else { continue }
        count += 1
        #expect(front.contains("``\(words[kind + 1])``"), "\(words[kind + 1]) of \(path)")
      }
    }
    #expect(count > 40)
  }

  private static let kinds: Set<Substring> = ["struct", "enum", "class", "protocol", "actor"]

  /// The list in "unknown key … (known: a, b)".
  private func known(in refusal: String) -> [String] {
    let list = refusal.components(separatedBy: "(known: ").dropFirst().first?
      .components(separatedBy: ")").first
    // Long lists are cut short.
    let keys = (list ?? "").components(separatedBy: ", ").filter { $0 != "…" }
    #expect(keys.count > 4)
    return keys
  }
}

extension String {
  /// The text without this beginning, if it has it.
  fileprivate func dropping(_ prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
