// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct YieldsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "yields",
    abstract: "Show expected events with uncertainties beside the observed ones.")

  @OptionGroup var options: ModelOptions

  @Flag(help: "After a fit of all free parameters.")
  var postfit = false

  @OptionGroup var figure: FigureOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let yields = try options.source.yields(afterFit: postfit)
    try figure.draw { try yields.figure(title: $0) }
    try output.print(yields) {
      yields.channels.map(lines).joined(separator: [""]).map(\.self)
    }
  }

  private func lines(_ channel: YieldReport.Channel) -> [String] {
    let bins = channel.observed.indices
    func row(_ label: String, _ yields: YieldReport.Yields) -> [String] {
      [label]
        + bins.map { NumberText.of(yields.bins[$0], uncertainty: yields.uncertainties[$0]) }
        + [NumberText.of(yields.total, uncertainty: yields.totalUncertainty)]
    }
    let observed =
      ["observed"] + channel.observed.map { NumberText.of($0) }
      + [NumberText.of(channel.observed.reduce(0, +))]
    return Table(
      [.text(channel.channel)] + bins.map { .number("bin \($0)") } + [.number("sum")],
      channel.samples.map { row($0.sample, $0.yields) } + [row("total", channel.total), observed]
    ).lines()
  }
}
