// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation
import Scheduling
import Testing
import Workflow

@Suite struct ReinterpreterTests {
  private struct Setting {
    let analysis: TestAnalysis
    let reinterpreter: Reinterpreter
    let executor = CountingExecutor()

    init(_ folder: URL, changes: [String: String?] = [:]) throws {
      analysis = try TestAnalysis(in: folder.appendingPathComponent("toy"), changes: changes)
      reinterpreter = Reinterpreter(
        registry: folder.appendingPathComponent("registry"), catalog: .test, executor: executor)
    }

    func register() throws -> RegistrationReport {
      try reinterpreter.register(analysis.folder.path)
    }
  }

  @Test func registeringIsIdempotent() throws {
    try TemporaryFolder.use { folder in
      let setting = try Setting(folder)
      let first = try setting.register()
      let again = try setting.register()
      #expect(first.isNew && !again.isNew)
      #expect(first.version == 1 && again.version == 1)
      #expect(first.fingerprint == again.fingerprint)
      #expect(
        first.files == [
          "README.md", "analysis.yaml", "data/background.json", "expected/heavy.yaml",
          "expected/light.yaml", "signals/heavy.yaml", "signals/light.yaml",
        ])
      try Data("11".utf8).write(
        to: setting.analysis.folder.appendingPathComponent("data/background.json"))
      #expect(try setting.register().version == 2)
      #expect(try setting.reinterpreter.analyses().map(\.version) == [2])
    }
  }

  @Test func planBeforeAnythingRanAndAfter() async throws {
    try await TemporaryFolder.use { folder in
      let setting = try Setting(folder)
      _ = try setting.register()
      let signal = try setting.analysis.signal("new", yields: "[5, 5]")
      let before = try setting.reinterpreter.plan("toy", signal: signal)
      #expect(before.steps.map(\.id) == ["background", "test"])
      #expect(before.steps.map(\.state) == [.run, .run])
      #expect(before.steps.map(\.dependsOnSignal) == [false, true])
      _ = try await setting.reinterpreter.reinterpret("toy", signals: [signal])
      let after = try setting.reinterpreter.plan("toy", signal: signal)
      #expect(after.steps.map(\.state) == [.cached, .cached])
      #expect(after.fingerprint == before.fingerprint)
      let other = try setting.analysis.signal("other", yields: "[5, 6]")
      let next = try setting.reinterpreter.plan("toy", signal: other)
      #expect(next.steps.map(\.state) == [.cached, .run])
      #expect(next.steps[1].reason.contains("yields"))
    }
  }

  @Test func onlyWhatDependsOnTheSignalIsExecutedAgain() async throws {
    try await TemporaryFolder.use { folder in
      let setting = try Setting(folder)
      _ = try setting.register()
      let first = try setting.analysis.signal("first", yields: "[5, 5]")
      let second = try setting.analysis.signal("second", yields: "[50, 5]")
      _ = try await setting.reinterpreter.reinterpret("toy", signals: [first])
      #expect(setting.executor.take() == ["background", "test"])
      let reports = try await setting.reinterpreter.reinterpret("toy", signals: [second])
      #expect(setting.executor.take() == ["test"])
      #expect(reports.map(\.cachedCount) == [1])
      let again = try await setting.reinterpreter.reinterpret("toy", signals: [first, second])
      #expect(setting.executor.take() == [])
      #expect(again.map(\.cachedCount) == [2, 2])
      #expect(again.map(\.isSuccess) == [true, true])
    }
  }

  @Test func reportSaysWhatAPhysicistAsks() async throws {
    try await TemporaryFolder.use { folder in
      let setting = try Setting(folder)
      _ = try setting.register()
      let signal = try setting.analysis.signal(
        "new", yields: "{values: [30, 40], uncertainties: [3, 4]}", point: "m: 5")
      let report = try #require(
        try await setting.reinterpreter.reinterpret("toy", signals: [signal]).first)
      #expect(report.analysis == "toy" && report.version == 1 && report.signal == "new")
      #expect(report.point == ["m": 5])
      #expect(report.regions.map(\.name) == ["SR"])
      #expect(report.regions.map(\.yield) == [70])
      #expect(report.regions.map(\.uncertainty) == [5])  // √(3² + 4²)
      #expect(report.tests.map(\.cls) == [exp(-7)])
      #expect(report.verdict.conclusion == .excluded)
      #expect(report.verdict.isExtrapolated == true)  // validated: m from 1 to 3
    }
  }

  @Test func failedStepIsAFailedRunNotAnError() async throws {
    try await TemporaryFolder.use { folder in
      let setting = try Setting(folder)
      _ = try setting.register()
      let good = try setting.analysis.signal("good", yields: "[1, 1]")
      let bad = try setting.analysis.signal("bad", yields: "[-5, 1]")
      let reports = try await setting.reinterpreter.reinterpret("toy", signals: [bad, good])
      #expect(reports.map(\.status) == ["failed", "succeeded"])
      #expect(reports[0].steps.map(\.state) == [.executed, .failed])
      #expect(reports[0].steps[1].message?.contains("the yields are negative: -4.0") == true)
      let run = try setting.reinterpreter.run(reports[0].run)
      #expect(run.summary.status == "failed")
      #expect(run.steps.map(\.status).contains("failed"))
      #expect(try setting.reinterpreter.runs().count == 2)
      #expect(
        try setting.reinterpreter.log(of: reports[1].run, step: "background").map(\.text)
          .joined().contains("background 10"))
    }
  }

  @Test func oneBadSignalRefusesAll() async throws {
    try await TemporaryFolder.use { folder in
      let setting = try Setting(folder)
      _ = try setting.register()
      let good = try setting.analysis.signal("good", yields: "[1, 1]")
      let bad = try setting.analysis.signal("bad", yields: "[1]", more: "colour: red")
      let failure = await #expect(throws: Failure.self) {
        try await setting.reinterpreter.reinterpret("toy", signals: [good, bad])
      }
      #expect(failure?.kind == .refused)
      #expect(failure?.description.contains("bad.yaml:5:1") == true)
      #expect(failure?.description.contains("bad.yaml:4:") == true)
      #expect(try setting.reinterpreter.runs().isEmpty)
      #expect(setting.executor.take() == [])
    }
  }

  @Test func nullExecutorProvesTheCacheWasUsed() async throws {
    try await TemporaryFolder.use { folder in
      let setting = try Setting(folder)
      _ = try setting.register()
      let signal = try setting.analysis.signal("new", yields: "[5, 5]")
      _ = try await setting.reinterpreter.reinterpret("toy", signals: [signal])
      let dry = Reinterpreter(
        registry: setting.reinterpreter.directory, catalog: .test, executor: NullExecutor())
      #expect(try await dry.reinterpret("toy", signals: [signal]).map(\.isSuccess) == [true])
    }
  }

  @Test func resultsAnswerQuestions() async throws {
    try await TemporaryFolder.use { folder in
      let setting = try Setting(folder)
      _ = try setting.register()
      let signals = try [
        setting.analysis.signal("light", yields: "[30, 40]", point: "m: 5"),
        setting.analysis.signal("heavy", yields: "[1, 1]", point: "m: 9"),
      ]
      _ = try await setting.reinterpreter.reinterpret("toy", signals: signals)
      var question = ResultQuestion()
      question.analysis = "toy@1"
      question.quantity = "cls"
      #expect(try setting.reinterpreter.results(matching: question).count == 2)
      question.condition = "m > 6"
      let rows = try setting.reinterpreter.results(matching: question)
      #expect(rows.map(\.signal) == ["heavy"])
      #expect(rows.map(\.point) == [["m": 9]])
      question.quantity = "clz"
      let failure = #expect(throws: Failure.self) {
        try setting.reinterpreter.results(matching: question)
      }
      #expect(failure?.kind == .refused)
      let table = try setting.reinterpreter.query("SELECT count(*) AS runs FROM run")
      #expect(table.columns == ["runs"])
      #expect(table.rows == [[.integer(2)]])
    }
  }

  @Test func missingRegistryAndAnalysisAreRefused() throws {
    try TemporaryFolder.use { folder in
      let setting = try Setting(folder)
      let missing = #expect(throws: Failure.self) { try setting.reinterpreter.analyses() }
      #expect(missing?.kind == .refused)
      #expect(!FileManager.default.fileExists(atPath: setting.reinterpreter.directory.path))
      _ = try setting.register()
      let unknown = #expect(throws: Failure.self) { try setting.reinterpreter.analysis("tay") }
      #expect(unknown?.kind == .refused)
      #expect(unknown?.description.contains("toy") == true)
      #expect(throws: Failure.self) { try setting.reinterpreter.analysis("toy@2") }
      #expect(throws: Failure.self) { try setting.reinterpreter.analysis("toy@x") }
      #expect(throws: Failure.self) { try setting.reinterpreter.analysis("@1") }
    }
  }

  @Test func descriptionTellsWhatASignalBrings() throws {
    try TemporaryFolder.use { folder in
      let setting = try Setting(folder)
      _ = try setting.register()
      let description = try setting.reinterpreter.analysis("toy")
      #expect(description.luminosity == 139)
      #expect(description.signal == ["yields in SR (2 bins)"])
      #expect(
        description.steps.map(\.inputs) == [
          ["counts": "file.data/background.json"],
          ["background": "background.number", "yields": "signal.yields"],
        ])
      #expect(description.validation.map(\.name) == ["heavy", "light"])
      #expect(description.validation.map(\.expectedResults) == [1, 1])
    }
  }
}
