// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show an analysis: what it does and what a new signal must bring.")

  @Argument(help: "The analysis: NAME, or NAME@3 for its third version.")
  var analysis: String

  @OptionGroup var registry: RegistryOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let description = try registry.reinterpreter().analysis(analysis)
    try output.print(description) { DescriptionText.lines(description) }
  }
}
