// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import HistFactory
import Preservation
import Reinterpretation
import Testing
import Workflow

/// Whose matter an error is decides the exit code: each kind of error of the modules below, once.
@Suite struct FailureTests {
  private struct Unknown: Error {}

  @Test(arguments: [
    (RegistryError.Code.notFound, Failure.Kind.refused), (.invalidQuery, .refused),
    (.refused, .refused), (.unwritable, .refused), (.newerSchema, .refused), (.busy, .failed),
    (.corrupt, .failed),
  ])
  func registryErrors(code: RegistryError.Code, kind: Failure.Kind) {
    let failure = Failure(classifying: RegistryError(code, "a sentence"))
    #expect(failure == Failure(kind, "a sentence"))
  }

  @Test func specificationsAreTheUsers() {
    let diagnostic = Diagnostic(
      path: "steps[0].kind", location: SourceLocation(file: "a.yaml", line: 3, column: 7),
      message: "'cut' is not a kind of step")
    let failure = Failure(classifying: InvalidSpecification([diagnostic]))
    #expect(failure.kind == .refused)
    #expect(failure.description == "a.yaml:3:7: steps[0].kind: 'cut' is not a kind of step")
  }

  @Test func workspacesAndEventsAreTheUsers() {
    let workspace = #expect(throws: InvalidWorkspace.self) {
      try Workspace(json: Array("{".utf8), source: "w.json")
    }
    let failures = [
      workspace.map { Failure(classifying: $0) },
      Failure(classifying: EventFileError(path: "e.root", message: "it is cut off")),
    ]
    #expect(failures.map(\.?.kind) == [.refused, .refused])
    #expect(failures[0]?.description.hasPrefix("w.json:1:2") == true)
    #expect(failures[1]?.description == "e.root: it is cut off")
  }

  @Test func filesThatAreNotThere() {
    let error = #expect(throws: (any Error).self) {
      try Data(contentsOf: URL(fileURLWithPath: "/nowhere/at/all"))
    }
    let failure = error.map { Failure(classifying: $0) }
    #expect(failure?.kind == .refused)
    #expect(failure?.description.contains("/nowhere/at/all") == true)
  }

  @Test func cancellationAndTheUnknown() {
    #expect(Failure(classifying: CancellationError()).kind == .failed)
    #expect(Failure(classifying: Unknown()).kind == .unexpected)
    let known = Failure(.failed, "once is enough")
    #expect(Failure(classifying: known) == known)
  }
}
