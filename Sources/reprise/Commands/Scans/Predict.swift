// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask a scan about a point without evaluating it.",
    discussion: """
      The answer comes from the scan's Gaussian processes: a value with its 68 % interval for \
      each output, and the probability that the point is excluded. They are also read from a file \
      that 'reprise scan show --surrogates' printed; then no registry is needed.
      """)

  @Argument(
    help: ArgumentHelp(
      "The scan's name, or a JSON file with surrogates.", valueName: "scan"),
    completion: .file(extensions: ["json"]))
  var scan: String

  @Option(
    help: ArgumentHelp(
      "All parameters, as in m_sq_gev=1500,m_lsp_gev=300.", valueName: "point"),
    transform: PointArgument.values)
  var at: [String: Double]

  @OptionGroup var registry: RegistryOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    // Names have neither dots nor slashes.
    let isFile = scan == "-" || scan.contains { $0 == "." || $0 == "/" }
    let prediction =
      try isFile
      ? SurrogateReport(contentsOf: scan).prediction(at: at)
      : registry.reinterpreter().predict(scan, at: at)
    try output.print(prediction) { PredictionText.lines(prediction) }
  }
}
