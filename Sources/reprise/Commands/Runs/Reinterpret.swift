// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Reinterpret: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a preserved analysis on new signals and say what it makes of them.",
    discussion: """
      What has been executed with the same inputs and parameters is not executed again. An \
      interrupted run, in whatever way, goes on with the same command.
      """)

  @Argument(help: "The analysis: NAME, or NAME@3 for its third version.")
  var analysis: String

  @Argument(help: "YAML files of signals.")
  var signals: [String]

  @Flag(help: "Print one line for each signal.")
  var brief = false

  @Flag(help: "Print every row of long cutflows.")
  var fullCutflow = false

  @OptionGroup var registry: RegistryOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if brief, fullCutflow {
      throw ValidationError("--brief prints no cutflow: give it or --full-cutflow.")
    }
  }

  func run() async throws {
    let line = ProgressLine()
    let reports = try await registry.reinterpreter().reinterpret(
      analysis, signals: signals, progress: { line.show($0) })
    line.end()
    try output.print(reports) {
      if brief { return BriefText.lines(reports) + messages(reports) }
      return reports.map { ReportText(report: $0, isCutflowFull: fullCutflow).lines }
        .joined(separator: ["", ""]).map(\.self)
    }
    if reports.contains(where: { !$0.isSuccess }) || reports.count < signals.count {
      throw ExitCode(Exit.code(for: .failed))
    }
  }

  /// Why runs did not succeed, which one line has no room for.
  private func messages(_ reports: [ReinterpretationReport]) -> [String] {
    reports.compactMap { report in report.message.map { "\(report.signal): \($0)" } }
  }
}
