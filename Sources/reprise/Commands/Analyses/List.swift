// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct List: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List the preserved analyses.")

  @OptionGroup var registry: RegistryOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let analyses = try registry.reinterpreter().analyses()
    try output.print(analyses) {
      Table(
        [
          .text("analysis"), .number("version"), .number("runs"), .text("registered"),
          .text("title"),
        ],
        analyses.map {
          [
            $0.analysis, "\($0.version)", "\($0.runs)", TimeText.of($0.registeredAt), $0.title,
          ]
        }
      ).lines()
    }
  }
}
