// SPDX-License-Identifier: Apache-2.0
import Testing
import Workflow

@Suite("Diagnostics")
struct DiagnosticTests {
  private func place(_ line: Int, _ column: Int = 1, _ file: String = "a.yaml")
    -> Workflow.SourceLocation
  {
    Workflow.SourceLocation(file: file, line: line, column: column)
  }

  @Test("printed with place, path and sentence, as far as there are any")
  func description() {
    let whole = Diagnostic(path: "steps[2].id", location: place(21, 17), message: "is odd")
    #expect(whole.description == "a.yaml:21:17: steps[2].id: is odd")
    #expect(Diagnostic(path: "", location: place(1), message: "m").description == "a.yaml:1:1: m")
    #expect(Diagnostic(path: "p", location: nil, message: "m").description == "p: m")
    #expect(
      Diagnostic(.warning, path: "p", location: place(1), message: "m").description
        == "a.yaml:1:1: warning: p: m")
  }

  @Test("in the order of reading, and those without a place last")
  func order() {
    let sorted = [
      Diagnostic(path: "", location: place(2, 3), message: "a"),
      Diagnostic(path: "", location: place(2, 10), message: "a"),
      Diagnostic(path: "", location: place(10, 1), message: "a"),
      Diagnostic(path: "", location: place(1, 1, "b.yaml"), message: "a"),
      Diagnostic(path: "p", location: place(1, 1, "b.yaml"), message: "a"),
      Diagnostic(path: "p", location: place(1, 1, "b.yaml"), message: "b"),
      Diagnostic(path: "", location: nil, message: "a"),
    ]
    #expect(InvalidSpecification(sorted.reversed()).diagnostics == sorted)
    #expect(InvalidSpecification(sorted.shuffled()).diagnostics == sorted)
  }

  @Test("a hundred lines are enough")
  func limit() {
    let many = (1...250).map { Diagnostic(path: "", location: place($0), message: "m") }
    let lines = InvalidSpecification(many).description.split(separator: "\n")
    #expect(lines.count == 101)
    #expect(lines.last == "and 150 more problems")
  }

  @Test("warnings do not refuse a file; errors do, and bring the warnings along")
  func severity() throws {
    let node = try SpecificationNode.parse("a: 1", file: "a.yaml")
    let diagnostics = Diagnostics()
    diagnostics.warning("careful", at: node)
    #expect(!diagnostics.hasErrors)
    #expect(throws: Never.self) { try diagnostics.throwIfInvalid() }
    diagnostics.error("wrong", at: node)
    #expect(diagnostics.hasErrors)
    let refusal = #expect(throws: InvalidSpecification.self) { try diagnostics.throwIfInvalid() }
    #expect(
      refusal?.diagnostics.map(\.description)
        == ["a.yaml:1:1: warning: careful", "a.yaml:1:1: wrong"])
  }

  @Test(
    "references",
    arguments: [
      ("signal.events", .signal("events")), ("file.data/b.json", .file("data/b.json")),
      ("select.yields", .output(step: "select", name: "yields")), ("select", nil), ("", nil),
      (".yields", nil), ("select.", nil), ("a.b.c", .output(step: "a", name: "b.c")),
    ] as [(String, Reference?)])
  func references(_ text: String, _ expected: Reference?) {
    #expect(Reference(text) == expected)
    if let expected { #expect(expected.description == text) }
  }

  @Test(
    "media types by the ends of names",
    arguments: [
      ("a.root", "application/x-root"), ("a.b.JSON", "application/json"),
      ("README.md", "text/markdown"), ("x.yml", "application/yaml"),
      ("Makefile", "application/octet-stream"), ("a.", "application/octet-stream"),
    ])
  func mediaTypes(_ name: String, _ expected: String) {
    #expect(MediaType.ofFile(named: name) == expected)
  }
}
