// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct ScanLikelihood: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan-likelihood",
    abstract: "Scan the profile likelihood of a parameter.")

  @OptionGroup var options: ModelOptions

  @Option(
    help: ArgumentHelp(
      "Such as mu or gamma[2] (default: the parameter of interest).", valueName: "name"))
  var parameter: String?

  @Option(help: ArgumentHelp("Where the scan begins (default: 3σ below).", valueName: "value"))
  var from: Double?

  @Option(help: ArgumentHelp("Where the scan ends (default: 3σ above).", valueName: "value"))
  var to: Double?

  @Option(help: "Points of the scan.")
  var steps = 31

  @OptionGroup var figure: FigureOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (from == nil) == (to == nil) else {
      throw ValidationError("--from and --to go together: give both or neither.")
    }
    guard let from, let to else { return }
    guard from.isFinite, to.isFinite, from < to else {
      throw ValidationError("--from must be a number below --to.")
    }
  }

  func run() throws {
    let range = from.flatMap { from in to.map { from...$0 } }
    let scan = try options.source.likelihoodScan(of: parameter, over: range, steps: steps)
    for failure in scan.points.compactMap(\.failure) { Terminal.complain(failure) }
    try figure.draw { try scan.figure(title: $0) }
    try output.print(scan) {
      [
        "\(scan.parameter) "
          + NumberText.of(scan.bestFit, uncertainty: scan.uncertainty), "",
      ]
        + Table(
          [.number(scan.parameter), .number("−2 Δ log L")],
          scan.points.map {
            [NumberText.of($0.value, digits: 6), NumberText.of($0.rise, digits: 6)]
          }
        ).lines()
    }
  }
}
