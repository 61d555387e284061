// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct EfficiencyMap: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the efficiencies of an analysis' runs, as CSV that a scan can interpolate.")

  @Argument(help: "The analysis: NAME, or NAME@3 for its third version.")
  var analysis: String

  @Option(help: ArgumentHelp("The selection (default: the only one).", valueName: "id"))
  var step: String?

  @OptionGroup var registry: RegistryOptions

  func run() throws {
    try Terminal.say(whole: registry.reinterpreter().efficiencyMap(analysis, step: step))
  }
}
