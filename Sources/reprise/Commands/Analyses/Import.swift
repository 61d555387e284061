// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring an exported analysis into this registry.")

  @Argument(help: "The file that 'export' wrote.")
  var file: String

  @OptionGroup var registry: RegistryOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let report = try registry.reinterpreter().importBundle(file)
    try output.print(report) { RegistrationText.lines(report, verb: "imported") }
  }
}
