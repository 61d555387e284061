// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Plan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what reinterpreting a signal would execute, and why; execute nothing.")

  @Argument(help: "The analysis: NAME, or NAME@3 for its third version.")
  var analysis: String

  @Argument(help: "The signal's YAML file.")
  var signal: String

  @OptionGroup var registry: RegistryOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let plan = try registry.reinterpreter().plan(analysis, signal: signal)
    try output.print(plan) {
      let steps = Table(
        [.text("step"), .text("kind"), .text("state"), .text("why")],
        plan.steps.map { [$0.id, $0.kind, $0.state.rawValue, $0.reason] })
      let count = plan.steps.count { $0.state == .run }
      return [
        "\(plan.analysis)@\(plan.version) on \(plan.signal): \(count) of \(plan.steps.count) steps "
          + "to run", "",
      ] + steps.lines()
    }
  }
}
