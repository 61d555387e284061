// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation
import Testing
import Workflow

/// Whatever is wrong in a folder is refused whole, all of it at once, and nothing is made.
@Suite struct AnalysisFolderTests {
  private func problems(_ changes: [String: String?]) throws -> [String] {
    try TemporaryFolder.use { folder in
      let analysis = try TestAnalysis(in: folder.appendingPathComponent("toy"), changes: changes)
      let reinterpreter = Reinterpreter(
        registry: folder.appendingPathComponent("registry"), catalog: .test)
      let failure = #expect(throws: Failure.self) {
        try reinterpreter.register(analysis.folder.path)
      }
      #expect(failure?.kind == .refused)
      #expect(!FileManager.default.fileExists(atPath: reinterpreter.directory.path))
      let report = try reinterpreter.validate(analysis.folder.path)
      #expect(!report.isValid)
      return report.problems.map(\.message)
    }
  }

  @Test func validFolder() throws {
    try TemporaryFolder.use { folder in
      let analysis = try TestAnalysis(in: folder)
      let reinterpreter = Reinterpreter(
        registry: folder.appendingPathComponent("registry"), catalog: .test)
      let byFolder = try reinterpreter.validate(analysis.folder.path)
      #expect(byFolder.isValid && byFolder.name == "toy")
      let byFile = try reinterpreter.validate(
        analysis.folder.appendingPathComponent("analysis.yaml").path)
      #expect(byFile.isValid && byFile.name == "toy")
      #expect(!FileManager.default.fileExists(atPath: reinterpreter.directory.path))
    }
  }

  @Test func problemsOfSeveralSignalsAtOnce() throws {
    let messages = try problems([
      "signals/light.yaml": "schema: 1\nsignal: light\nyields: {SR: [20]}\n",
      "signals/heavy.yaml": "schema: 1\nsignal: heavy\nyields: {CR: [20, 1]}\n",
    ])
    #expect(messages.contains { $0.contains("light.yaml:3:") })
    #expect(messages.contains { $0.contains("heavy.yaml:3:") })
  }

  @Test func expectedResultsOfAnUnknownStep() throws {
    let messages = try problems([
      "expected/heavy.yaml": """
      schema: 1
      signal: heavy
      source: s
      results:
        - {step: test, quantity: cls, value: 1, tolerance: {relative: 1}}
        - {step: tset, quantity: cls, value: 1, tolerance: {relative: 1}}
      """
    ])
    #expect(messages.count == 1)
    #expect(messages[0].contains("expected/heavy.yaml"))
    #expect(messages[0].contains("results[1].step: there is no step 'tset' (did you mean 'test'?)"))
  }

  @Test func expectedResultsOfAnUnknownSignal() throws {
    let messages = try problems([
      "expected/heavy.yaml": """
      schema: 1
      signal: heavi
      source: s
      results: [{step: test, quantity: cls, value: 1, tolerance: {relative: 1}}]
      """
    ])
    #expect(messages.count == 1)
    #expect(messages[0].contains("did you mean 'heavy'?"))
  }

  @Test func twoSignalsOfOneName() throws {
    let messages = try problems([
      "signals/light.yaml": "schema: 1\nsignal: heavy\nyields: {SR: [20, 1]}\n",
      "expected/light.yaml": nil,
    ])
    #expect(messages.contains { $0.contains("signals/heavy.yaml already") })
  }

  @Test func missingFileAndFolder() throws {
    #expect(try problems(["data/background.json": nil]).contains { $0.contains("background.json") })
    try TemporaryFolder.use { folder in
      let reinterpreter = Reinterpreter(registry: folder.appendingPathComponent("r"))
      for path in ["nowhere", folder.path] {
        let failure = #expect(throws: Failure.self) { try reinterpreter.register(path) }
        #expect(failure?.kind == .refused)
      }
    }
  }

  /// A link in the signals' folder must not bring in what lies elsewhere.
  @Test func linksThatLeaveTheFolder() throws {
    try TemporaryFolder.use { folder in
      let analysis = try TestAnalysis(in: folder.appendingPathComponent("toy"))
      let secret = folder.appendingPathComponent("secret.yaml")
      try Data("schema: 1\nsignal: secret\nyields: {SR: [1, 1]}\n".utf8).write(to: secret)
      try FileManager.default.createSymbolicLink(
        at: analysis.folder.appendingPathComponent("signals/secret.yaml"),
        withDestinationURL: secret)
      let reinterpreter = Reinterpreter(
        registry: folder.appendingPathComponent("registry"), catalog: .test)
      let failure = #expect(throws: Failure.self) {
        try reinterpreter.register(analysis.folder.path)
      }
      #expect(failure?.description.contains("leaves the folder") == true)
    }
  }
}
