// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Significance: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Test the background-only hypothesis: p0 and significance (asymptotic).")

  @OptionGroup var options: ModelOptions

  @Option(help: "The signal strength that is expected.")
  var expectedMu = 1.0

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard expectedMu.isFinite else {
      throw ValidationError("--expected-mu must be a finite number.")
    }
  }

  func run() throws {
    let found = try options.source.discovery(expectedMu: expectedMu)
    try output.print(found) {
      Table(
        [.text(""), .number("p0"), .number("significance (σ)")],
        [
          [
            "observed", NumberText.of(found.observedP0), NumberText.of(found.observedSignificance),
          ],
          [
            "expected at mu = \(NumberText.of(found.expectedMu))",
            NumberText.of(found.expectedP0[2]), NumberText.of(found.expectedSignificance),
          ],
        ]
      ).lines() + ["", "mu_hat \(NumberText.of(found.muHat, digits: 6))"]
    }
  }
}
