// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the runs, or the steps of one run.")

  @Argument(help: ArgumentHelp("The run's number.", valueName: "run"))
  var number: Int64?

  @Option(help: ArgumentHelp("Only runs of this analysis.", valueName: "name"))
  var analysis: String?

  @Option(help: ArgumentHelp("Only runs of this signal.", valueName: "name"))
  var signal: String?

  @OptionGroup var registry: RegistryOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if number != nil, analysis != nil || signal != nil {
      throw ValidationError("A run's number needs neither --analysis nor --signal.")
    }
  }

  func run() throws {
    let reinterpreter = registry.reinterpreter()
    if let number {
      let description = try reinterpreter.run(number)
      try output.print(description) { RunText.lines(description) }
    } else {
      let runs = try reinterpreter.runs(of: analysis, signal: signal)
      try output.print(runs) { RunText.lines(runs) }
    }
  }
}
