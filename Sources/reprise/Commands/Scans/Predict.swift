// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask a scan about a point without evaluating it.",
    discussion: """
      The answer comes from the scan's Gaussian processes: a value with its 68 % interval for \
      each output, and the probability that the point is excluded.
      """)

  @OptionGroup var scan: ScanArgument

  @Option(
    help: ArgumentHelp(
      "All parameters, as in m_sq_gev=1500,m_lsp_gev=300.", valueName: "point"),
    transform: PointArgument.values)
  var at: [String: Double]

  @OptionGroup var registry: RegistryOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let prediction = try registry.reinterpreter().predict(scan.name, at: at)
    try output.print(prediction) { PredictionText.lines(prediction) }
  }
}
