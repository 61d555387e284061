// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Logs: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print what the steps of a run wrote.")

  @Argument(help: ArgumentHelp("The run's number.", valueName: "run"))
  var number: Int64

  @Option(help: ArgumentHelp("Only this step.", valueName: "id"))
  var step: String?

  @OptionGroup var registry: RegistryOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let logs = try registry.reinterpreter().log(of: number, step: step)
    try output.print(logs) {
      logs.map { ["==> \($0.step)", $0.text] }.joined(separator: [""]).map(\.self)
    }
  }
}
