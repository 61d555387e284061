// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Limit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find the upper limit on the signal strength, observed and expected.")

  @OptionGroup var options: ModelOptions

  @Option(help: "The confidence level, between 0 and 1.")
  var confidenceLevel = 0.95

  @Option(name: [.long, .customLong("test-stat")], help: "The test statistic.")
  var testStatistic: StatisticChoice = .qtilde

  @Flag(help: "Also give the derivatives of the limits by every nominal yield.")
  var derivatives = false

  @Option(
    help: ArgumentHelp(
      "Points of a scan of CLs, in the JSON and the figure (default: 0, with a figure 41).",
      valueName: "n"))
  var scan: Int?

  @OptionGroup var figure: FigureOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard scan ?? 2 >= 2 else { throw ValidationError("--scan needs at least 2 points.") }
    guard confidenceLevel > 0, confidenceLevel < 1 else {
      throw ValidationError("--confidence-level must lie between 0 and 1, such as 0.95.")
    }
  }

  func run() throws {
    let limit = try options.source.upperLimit(
      confidenceLevel: confidenceLevel, testStatistic: testStatistic,
      derivatives: derivatives, scanPoints: scan ?? (figure.figure == nil ? 0 : 41))
    try figure.draw { try limit.figure(title: $0, confidenceLevel: confidenceLevel) }
    try output.print(limit) {
      let label = "mu at \(NumberText.of(confidenceLevel * 100)) %"
      return BandTable.lines([(label, limit.observed, limit.expected)])
        + DerivativeTable.lines("∂ limit", limit.derivatives)
    }
  }
}
