// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Register: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Preserve an analysis: its specification, files, signals and expected results.")

  @Argument(help: "A folder with an analysis.yaml, or that file.")
  var path: String

  @OptionGroup var registry: RegistryOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let report = try registry.reinterpreter().register(path)
    try output.print(report) { RegistrationText.lines(report, verb: "registered") }
  }
}
