// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write an analysis with its files and results into one file.")

  @Argument(help: "The analysis: NAME, or NAME@3 for its third version.")
  var analysis: String

  @Argument(help: "The file to write; it must not exist.")
  var file: String

  @OptionGroup var registry: RegistryOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let report = try registry.reinterpreter().export(analysis, to: file)
    try output.print(report) {
      ["\(report.analysis)@\(report.version)  \(report.fingerprint.prefix(12))  in \(report.path)"]
    }
  }
}
