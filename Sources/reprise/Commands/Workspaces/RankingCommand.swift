// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct RankingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ranking",
    abstract: "Rank nuisance parameters by how much they move the fitted signal strength.")

  @OptionGroup var options: ModelOptions

  @Option(help: ArgumentHelp("Rows of the table and the figure, the largest.", valueName: "n"))
  var top = 20

  @OptionGroup var figure: FigureOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard top > 0 else { throw ValidationError("--top must be at least 1.") }
  }

  func run() async throws {
    let ranking = try await options.source.ranking()
    for failure in ranking.failures { Terminal.complain(failure) }
    try figure.draw { try ranking.figure(title: $0, atMost: top) }
    try output.print(ranking) { lines(ranking) }
  }

  private func lines(_ ranking: RankingReport) -> [String] {
    let shown = ranking.ranking.prefix(top)
    let rows = shown.map { row in
      [
        row.parameter, NumberText.of(row.pull), NumberText.of(row.constraint),
        NumberText.of(row.prefit?.up), NumberText.of(row.prefit?.down),
        NumberText.of(row.postfit.up), NumberText.of(row.postfit.down),
      ]
    }
    let left = ranking.ranking.count - shown.count
    return [
      "\(ranking.poi) "
        + NumberText.of(ranking.muHat, uncertainty: ranking.uncertainty), "",
    ]
      + Table(
        [
          .text("parameter"), .number("pull"), .number("constraint"), .number("prefit up"),
          .number("prefit down"), .number("postfit up"), .number("postfit down"),
        ], rows
      ).lines() + (left > 0 ? ["… and \(left) more with smaller impacts (--top)"] : [])
  }
}
