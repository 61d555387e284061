// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct CLs: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cls",
    abstract: "Test a signal strength: CLs observed and expected (asymptotic).")

  @OptionGroup var options: WorkspaceOptions

  @Option(help: "The signal strength to test.")
  var mu = 1.0

  @Option(help: "The test statistic.")
  var testStatistic: StatisticChoice = .qtilde

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard mu.isFinite else { throw ValidationError("--mu must be a finite number.") }
  }

  func run() throws {
    let test = try options.source.hypothesisTest(mu: mu, testStatistic: testStatistic)
    try output.print(test) {
      BandTable.lines(
        [("CLs at mu = \(NumberText.of(mu))", test.observedCLs, test.expectedCLs)])
        + ["", "mu_hat \(NumberText.of(test.muHat, digits: 6))"]
    }
  }
}
