// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check an analysis or a signal; tell every problem at once and change nothing.")

  @Argument(help: "A folder with an analysis.yaml, that file, or with --analysis a signal file.")
  var path: String

  @Option(
    help: ArgumentHelp(
      "Check the file as a signal for this preserved analysis.", valueName: "name"))
  var analysis: String?

  @OptionGroup var registry: RegistryOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let report = try registry.reinterpreter().validate(path, analysis: analysis)
    switch output.format {
    case .json: try Terminal.say(JSONText.of(report))
    case .table where report.isValid:
      Terminal.say("\(report.path): the \(report.kind) '\(report.name ?? "")' is valid")
    case .table: report.problems.forEach { Terminal.complain($0.message) }
    }
    if !report.isValid { throw ExitCode(Exit.code(for: .refused)) }
  }
}
