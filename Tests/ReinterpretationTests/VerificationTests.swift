// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation
import Testing
import Workflow

@Suite struct VerificationTests {
  private func verify(
    _ folder: URL, changes: [String: String?] = [:]
  ) async throws -> VerificationReport {
    let analysis = try TestAnalysis(in: folder.appendingPathComponent("toy"), changes: changes)
    let reinterpreter = Reinterpreter(
      registry: folder.appendingPathComponent("registry"), catalog: .test)
    _ = try reinterpreter.register(analysis.folder.path)
    // What is verified is what was preserved, not what lies in the folder.
    try FileManager.default.removeItem(at: analysis.folder)
    return try await reinterpreter.verify("toy")
  }

  private func expecting(_ value: String, step: String = "test", yields: String = "[6, 4]")
    -> [String: String?]
  {
    [
      "signals/heavy.yaml": "schema: 1\nsignal: heavy\npoint: {m: 3}\nyields: {SR: \(yields)}\n",
      "expected/heavy.yaml": """
      schema: 1
      signal: heavy
      source: nowhere
      results: [{step: \(step), quantity: cls, value: \(value), tolerance: {relative: 1e-3}}]
      """,
    ]
  }

  @Test func passesFromTheRegistryAlone() async throws {
    try await TemporaryFolder.use { folder in
      let report = try await verify(folder)
      #expect(report.isPassed)
      #expect(report.rows.map(\.isPassed) == [true, true])
      #expect(report.runs.map(\.signal) == ["heavy", "light"])
      #expect(report.rows.map(\.source) == ["closed form", "closed form"])
    }
  }

  @Test func wrongNumberFails() async throws {
    try await TemporaryFolder.use { folder in
      let report = try await verify(folder, changes: expecting("0.37"))
      #expect(!report.isPassed)
      #expect(report.rows.map(\.isPassed) == [false, true])
      let deviation = try #require(report.rows[0].deviation)
      #expect(abs(deviation - (exp(-1) / 0.37 - 1)) < 1e-12)
    }
  }

  @Test func missingResultFails() async throws {
    try await TemporaryFolder.use { folder in
      let report = try await verify(
        folder, changes: expecting("0.36787944117144233", step: "background"))
      #expect(!report.isPassed)
      #expect(report.rows[0].value == nil)
    }
  }

  /// A run that fails is a failure, not a skip.
  @Test func failedRunFails() async throws {
    try await TemporaryFolder.use { folder in
      let report = try await verify(
        folder, changes: expecting("0.36787944117144233", yields: "[-6, 4]"))
      #expect(!report.isPassed)
      #expect(report.runs[0].status == "failed")
      #expect(report.runs[0].message != nil)
      #expect(report.rows[0].value == nil && !report.rows[0].isPassed)
    }
  }

  @Test func nothingToVerifyIsRefused() async throws {
    await #expect(throws: Failure.self) {
      try await TemporaryFolder.use { folder in
        try await verify(
          folder,
          changes: [
            "analysis.yaml": TestAnalysis.specification
              .replacing(/validate:.*/, with: "")
          ])
      }
    }
  }
}
