// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import HistFactory
import Inference
import Steps
import Testing
import Workflow

/// The two bins of pyhf's README through `signal-model`, `fit`, `cls` and `upper-limit`.
@Suite struct HelloTests {
  private static let folder = ReferenceFiles.workflow("hello")

  private static func run(
    signal: String = "yields: {SR: [12.0, 11.0]}", changing changes: [String: String] = [:]
  ) async throws -> StepRun {
    var analysis = try ReferenceFiles.text(folder.appending(path: "analysis.yaml"))
    for (old, new) in changes {
      try #require(analysis.contains(old))
      analysis = analysis.replacing(old, with: new)
    }
    return try await StepRun(
      analysis: analysis, signal: "schema: 1\nsignal: s\n\(signal)\n", directory: folder)
  }

  /// CLs_obs and CLs_exp as printed in pyhf's README, whose fits are good to 1e-5; the limit by pyhf
  /// 0.7.6 (toms748).
  @Test func numbersOfThePyhfREADME() async throws {
    let run = try await Self.run()
    #expect(abs(try run.row("test", .cls).value - 0.05251497) < 1e-6)
    let expected = [0.00260626, 0.01382005, 0.06445321, 0.23525644, 0.57303619]
    for (row, value) in zip(run.rows("test", .cls_expected), expected) {
      #expect(abs(row.value - value) < 1e-5)
    }
    let ratio = try run.row("test", .cls_sb).value / run.row("test", .cls_b).value
    #expect(abs(ratio - 0.05251497) < 1e-6)
    #expect(abs(try run.row("limit", .upper_limit).value - 1.011569372837537) < 1e-4)
    #expect(run.rows("limit", .cross_section_upper_limit).isEmpty)
    #expect(run.rows("model", .yield).map(\.subject) == ["SR[0]", "SR[1]"])
    #expect(run.rows("model", .yield).map(\.value) == [12, 11])
  }

  /// A signal that no region accepts is tested like any other: it changes nothing, so CLs is 1.
  @Test func signalWithoutEvents() async throws {
    let run = try await Self.run(
      signal: "yields: {SR: {values: [0, 0], uncertainties: [0, 0]}}",
      changing: [
        "  - id: limit\n    kind: upper-limit\n    inputs: {workspace: model.workspace}\n": ""
      ])
    #expect(try run.row("test", .cls).value == 1)
    #expect(try run.row("test", .cls).uncertainty == nil)
    #expect(run.rows("test", .cls_expected).map(\.value) == [1, 1, 1, 1, 1])
    #expect(try run.read(SignalSample.self, "model", "signal").channels.isEmpty)
    #expect(run.rows("model", .yield).map(\.value) == [0, 0])
  }

  /// What a signal model says of yields that a program made.
  private func refusal(ofYields regions: String..., total: String) async -> String? {
    let yields =
      #"{"entries": 4, "total": {"sum_w": \#(total)}, "variations": [], "#
      + #""regions": [\#(regions.joined(separator: ", "))]}"#
    return await failure {
      _ = try await StepRun(
        analysis: """
          schema: 1
          analysis: a
          title: t
          luminosity_ifb: 1
          signal: {cross_section_pb: required}
          steps:
            - id: make
              kind: command
              inputs: {sigma: signal.cross_section_pb}
              parameters:
                arguments: [sh, -c, 'echo "$YIELDS" > y.json']
                environment: {YIELDS: '\(yields)'}
                outputs: {y: {path: y.json, type: yields}}
            - id: model
              kind: signal-model
              inputs: {background: file.data/background.json, yields: make.y, cross_section_pb: signal.cross_section_pb}
              parameters: {sample: s, poi: mu}

          """, signal: "schema: 1\nsignal: s\ncross_section_pb: 2.5\n", directory: Self.folder)
    }
  }

  private func region(_ name: String, sumW: String) -> String {
    #"{"region": "\#(name)", "channel": "SR", "entries": 1, "nominal": {"sum_w": \#(sumW)}, "#
      + #""variations": {}}"#
  }

  /// A program's sums of weights may make no fractions: 0/0 is no yield of 0.
  @Test(arguments: ["0", "5e-324"]) func yieldsThatAreNoNumbers(_ sum: String) async {
    #expect(
      await refusal(ofYields: region("SR", sumW: sum), total: "0")
        == "region 'SR' has a yield that isn't a finite number: the weights of all events, "
        + "or those of a variation, add up to 0 or to no number")
  }

  /// Neither may silently take the other's place.
  @Test func twoRegionsOfOneChannel() async {
    #expect(
      await refusal(ofYields: region("one", sumW: "1"), region("two", sumW: "2"), total: "4")
        == "regions 'one' and 'two' both fill channel 'SR'; name another 'channel', or leave one of "
        + "them out with 'report: false'")
  }

  /// The step's rows are the analyser's numbers, under the model's names.
  @Test func fit() async throws {
    let run = try await Self.run()
    let report = try run.read(FitReport.self, "fit", "fit")
    #expect(report.parameters.map(\.name) == ["mu", "uncorr_bkguncrt[0]", "uncorr_bkguncrt[1]"])
    #expect(run.rows("fit", .best_fit).map(\.value) == report.parameters.map(\.value))
    #expect(run.rows("fit", .best_fit).map(\.uncertainty) == report.parameters.map(\.uncertainty))
    #expect(try run.row("fit", .twice_nll).value == report.twiceNLL)
    #expect(report.edm < 1e-8)
    // μ̂ is at its bound: 51 and 48 events where 50 and 52 are expected.
    #expect(report.atBounds.contains("mu") || report.parameters[0].value > 0)
  }

  /// The workspace is the background with one sample more, which pyhf's schema allows.
  @Test func workspaceWithSignal() async throws {
    let run = try await Self.run(
      signal: "yields: {SR: {values: [12.0, 11.0], uncertainties: [1.0, 2.0]}}")
    let artifact = try #require(run.outputs["model"]?.artifacts["workspace"])
    let workspace = try Workspace(json: Array(try run.store.data(for: artifact)))
    let background = try Workspace(
      json: Array(try Data(contentsOf: Self.folder.appending(path: "data/background.json"))))
    var expected = background
    expected.channels[0].samples.append(
      .init(
        name: "signal", data: [12, 11],
        modifiers: [
          .init(name: "mu", kind: .normfactor),
          .init(name: "staterror_SR", kind: .staterror([1, 2])),
        ]))
    #expect(workspace == expected)
    // With the statistics in the model, CLs has no further uncertainty.
    #expect(try run.row("test", .cls).uncertainty == nil)
  }

  /// √Σ(CLs(s + δs) − CLs(s − δs))²/4, by whole tests with shifted yields.
  @Test func uncertaintyOfCLsIsThatOfShiftedYields() async throws {
    let changes = ["poi: mu}": "poi: mu, statistical_uncertainty: false}"]
    let run = try await Self.run(
      signal: "yields: {SR: {values: [12.0, 11.0], uncertainties: [0.04, 0.02]}}", changing: changes
    )
    func cls(_ first: Double, _ second: Double) async throws -> Double {
      try await Self.run(signal: "yields: {SR: [\(first), \(second)]}").row("test", .cls).value
    }
    let first = (try await cls(12.04, 11) - cls(11.96, 11)) / 2
    let second = (try await cls(12, 11.02) - cls(12, 10.98)) / 2
    let expected = (first * first + second * second).squareRoot()
    let uncertainty = try run.row("test", .cls).uncertainty ?? .nan
    #expect(abs(uncertainty - expected) < 1e-3 * expected)
  }

  /// √Σ(μ(s + δs) − μ(s − δs))²/4 for each limit, with the statistics in the model or not.
  @Test(arguments: [true, false])
  func uncertaintyOfLimitsIsThatOfShiftedYields(inModel: Bool) async throws {
    let limit = "kind: upper-limit\n    inputs: {workspace: model.workspace"
    var changes = [limit: limit + ", signal: model.signal"]
    if !inModel { changes["poi: mu}"] = "poi: mu, statistical_uncertainty: false}" }
    func rows(_ first: Double, _ second: Double) async throws -> [ResultValue] {
      let run = try await Self.run(
        signal: "yields: {SR: {values: [\(first), \(second)], uncertainties: [0.04, 0.02]}}",
        changing: changes)
      return run.rows("limit", .upper_limit) + run.rows("limit", .upper_limit_expected)
    }
    let nominal = try await rows(12, 11)
    let first = zip(try await rows(12.04, 11), try await rows(11.96, 11))
      .map { ($0.value - $1.value) / 2 }
    let second = zip(try await rows(12, 11.02), try await rows(12, 10.98))
      .map { ($0.value - $1.value) / 2 }
    try #require(nominal.count == 6 && first.count == 6)
    for (row, (first, second)) in zip(nominal, zip(first, second)) {
      let expected = (first * first + second * second).squareRoot()
      #expect(abs((row.uncertainty ?? .nan) - expected) < 1e-3 * expected)
    }
  }

  @Test func limitsWithoutSignalHaveNoUncertainty() async throws {
    let run = try await Self.run()
    #expect(run.rows("limit", .upper_limit).map(\.uncertainty) == [nil])
    #expect(run.rows("limit", .upper_limit_expected).allSatisfy { $0.uncertainty == nil })
  }

  @Test func parametersOfTheTests() async throws {
    let run = try await Self.run(changing: [
      "inputs: {workspace: model.workspace, signal: model.signal}":
        "inputs: {workspace: model.workspace}\n    parameters: {mu: 2, test_statistic: q, measurement: Measurement}",
      "inputs: {workspace: model.workspace}\nvalidate":
        "inputs: {workspace: model.workspace}\n    parameters: {confidence_level: 0.9}\nvalidate",
    ])
    let artifact = try #require(run.outputs["model"]?.artifacts["workspace"])
    let model = try Model(try Workspace(json: Array(try run.store.data(for: artifact))))
    let analyzer = try Analyzer(model)
    let test = try analyzer.hypothesisTest(mu: 2, testStatistic: .q)
    #expect(abs(try run.row("test", .cls).value - test.observedCLs) < 1e-9)
    let limit = try run.row("limit", .upper_limit).value
    // What a limit at 90 % is: CLs there is 0.1.
    let there = try analyzer.hypothesisTest(mu: limit)
    #expect(abs(there.observedCLs - 0.1) < 1e-6)
  }

  @Test(arguments: [
    (
      "poi: mu}", "poi: nu}",
      "the poi is 'nu', but measurement 'Measurement' of the workspace has 'mu': give both the same "
        + "name"
    ),
    (
      "sample: signal", "sample: background",
      "channel 'SR' has a sample 'background' already; give 'sample' another name"
    ),
  ]) func refusedWhileRunning(_ old: String, _ new: String, _ sentence: String) async {
    #expect(await failure { _ = try await Self.run(changing: [old: new]) } == sentence)
  }

  @Test func signalsThatDoNotFitTheWorkspace() async {
    let region = await failure {
      _ = try await Self.run(
        signal: "yields: {RS: [12.0, 11.0]}", changing: ["yields: {SR: 2}": "yields: {RS: 2}"])
    }
    #expect(
      region == "region 'RS' fills channel 'RS', which the workspace doesn't have (did you mean "
        + "'SR'?); name it with 'channel', or leave it out with 'report: false'")
    let bins = await failure {
      _ = try await Self.run(
        signal: "yields: {SR: [12.0]}", changing: ["yields: {SR: 2}": "yields: {SR: 1}"])
    }
    #expect(bins == "region 'SR' gives 1 bins, but channel 'SR' of the workspace has 2")
  }
}
