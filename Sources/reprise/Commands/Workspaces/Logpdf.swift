// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Logpdf: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Evaluate the log density of a workspace's data and its exact gradient.")

  @OptionGroup var options: ModelOptions

  @Option(
    help: ArgumentHelp(
      "A JSON object, parameter to list of values; what it leaves out stays as suggested.",
      valueName: "file"))
  var parameters: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    let density = try options.source.logDensity(at: parameters)
    try output.print(density) {
      let rows = density.gradient.sorted { $0.key < $1.key }.map { name, values in
        [name, values.map { NumberText.of($0, digits: 6) }.joined(separator: " ")]
      }
      return ["logpdf \(NumberText.of(density.logpdf, digits: 10))", ""]
        + Table([.text("parameter"), .text("gradient of logpdf")], rows).lines()
    }
  }
}
