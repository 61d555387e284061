// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the validation signals of an analysis and compare with the expected results.")

  @Argument(help: "The analysis: NAME, or NAME@3 for its third version.")
  var analysis: String

  @Flag(help: "Print what is not as expected, and the conclusion.")
  var brief = false

  @OptionGroup var registry: RegistryOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let line = ProgressLine()
    let report = try await registry.reinterpreter().verify(analysis) { line.show($0) }
    line.end()
    try output.print(report) { VerificationText.lines(report, isBrief: brief) }
    if !report.isPassed { throw ExitCode(Exit.code(for: .failed)) }
  }
}
