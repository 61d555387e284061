// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct CLs: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cls",
    abstract: "Test a signal strength: CLs observed and expected (asymptotic).",
    discussion: """
      With --patchset every patch of the set is tested on the workspace, in parallel; with --format \
      json each test is printed on a line of its own as soon as it is done.
      """)

  @OptionGroup var options: ModelOptions

  @Option(name: [.long, .customLong("test-poi")], help: "The signal strength to test.")
  var mu = 1.0

  @Option(name: [.long, .customLong("test-stat")], help: "The test statistic.")
  var testStatistic: StatisticChoice = .qtilde

  @Flag(help: "Also give the derivatives of log CLs by every nominal yield.")
  var derivatives = false

  @Option(
    help: ArgumentHelp("A patchset made for the workspace; all its patches.", valueName: "file"))
  var patchset: String?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard mu.isFinite else { throw ValidationError("--mu must be a finite number.") }
    guard patchset == nil || !derivatives else {
      throw ValidationError("--derivatives are of one test: choose one by --patch FILE:NAME.")
    }
  }

  func run() async throws {
    if let patchset { return try await test(all: PatchSetSource(path: patchset)) }
    let test = try options.source.hypothesisTest(
      mu: mu, testStatistic: testStatistic, derivatives: derivatives)
    try output.print(test) {
      BandTable.lines(
        [("CLs at mu = \(NumberText.of(mu))", test.observedCLs, test.expectedCLs)])
        + ["", "mu_hat \(NumberText.of(test.muHat, digits: 6))"]
        + DerivativeTable.lines("∂ log CLs", test.derivatives)
    }
  }

  private func test(all set: PatchSetSource) async throws {
    var tests: [PatchTest] = []
    let failures = try await options.source.hypothesisTests(
      of: set, mu: mu, testStatistic: testStatistic
    ) { test in
      if let failure = test.failure { Terminal.complain("\(test.patch): \(failure)") }
      switch output.format {
      case .json: try Terminal.say(JSONText.line(of: test))
      case .table: tests.append(test)
      }
    }
    if output.format == .table {
      let rows = tests.sorted { $0.patch < $1.patch }.compactMap { test in
        test.observedCLs.map { (test.patch, $0, test.expectedCLs ?? []) }
      }
      Terminal.say(BandTable.lines(rows).joined(separator: "\n"))
    }
    guard failures == 0 else {
      throw Failure(.failed, "\(set.path): \(failures) of its patches could not be tested.")
    }
  }
}
