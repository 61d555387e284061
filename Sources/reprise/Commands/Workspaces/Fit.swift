// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Fit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fit all free parameters of a workspace.")

  @OptionGroup var options: ModelOptions

  @Flag(help: "Also give the pulls of the constrained parameters.")
  var pulls = false

  @Flag(help: "Also give the correlation matrix.")
  var correlation = false

  @Option(
    help: ArgumentHelp(
      "A parameter whose interval by the profile likelihood is wanted, such as gamma[2].",
      valueName: "parameter"))
  var minos: [String] = []

  @Option(
    help: ArgumentHelp(
      "An SVG file to draw the pulls in, of more than 80 those that the fit changed; it is replaced.",
      valueName: "file"))
  var pullFigure: String?

  @Option(
    help: ArgumentHelp(
      "An SVG file to draw correlations of 0.1 or more in; it is replaced.", valueName: "file"))
  var correlationFigure: String?

  @Flag(help: "Also repeat the fit with a second minimiser, and compare.")
  var crossCheck = false

  @Option(
    help: ArgumentHelp(
      "Starting points; with several the minima they lead to are listed.", valueName: "n"))
  var starts = 1

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard starts >= 1 else { throw ValidationError("--starts must be at least 1.") }
  }

  func run() throws {
    var details = FitDetails()
    details.hasPulls = pulls || pullFigure != nil
    details.hasCorrelations = correlation || correlationFigure != nil
    details.profiled = minos
    details.hasCrossCheck = crossCheck
    details.starts = starts
    let fit = try options.source.fit(details)
    if fit.uncertainties == nil {
      Terminal.complain("The curvature is not positive definite here: no uncertainties.")
    }
    if let pullFigure { try OutputFile.write(fit.pullFigure(), to: pullFigure) }
    if let correlationFigure {
      try OutputFile.write(fit.correlationFigure(), to: correlationFigure)
    }
    try output.print(fit) { FitText.lines(fit) + extras(fit) }
    if let check = fit.crossCheck, !check.confirms {
      throw Failure(
        .failed,
        check.isConverged
          ? "The second minimiser found a better minimum: fit from more points, --starts 20."
          : "The second minimiser did not converge, so it says nothing about the fit.")
    }
  }

  /// What was asked for beside the values.
  private func extras(_ fit: BestFit) -> [String] {
    var lines: [String] = []
    if let intervals = fit.intervals { lines += FitText.intervals(intervals) }
    if pulls, let found = fit.pulls { lines += FitText.pulls(found) }
    if correlation, let found = fit.correlations { lines += FitText.correlations(found) }
    if let check = fit.crossCheck { lines += FitText.crossCheck(check) }
    if let minima = fit.minima { lines += FitText.minima(minima, of: starts) }
    return lines
  }
}
