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
    help: ArgumentHelp("An SVG file to draw the pulls in; it is replaced.", valueName: "file"))
  var pullFigure: String?

  @Option(
    help: ArgumentHelp(
      "An SVG file to draw correlations of 0.1 or more in; it is replaced.", valueName: "file"))
  var correlationFigure: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    var details = FitDetails()
    details.hasPulls = pulls || pullFigure != nil
    details.hasCorrelations = correlation || correlationFigure != nil
    details.profiled = minos
    let fit = try options.source.fit(details)
    if fit.uncertainties == nil {
      Terminal.complain("The curvature is not positive definite here: no uncertainties.")
    }
    if let pullFigure { try FigureOptions.write(fit.pullFigure(), to: pullFigure) }
    if let correlationFigure {
      try FigureOptions.write(fit.correlationFigure(), to: correlationFigure)
    }
    try output.print(fit) { lines(fit) + extras(fit) }
  }

  private func lines(_ fit: BestFit) -> [String] {
    let rows = fit.parameters.sorted { $0.key < $1.key }.flatMap { name, values in
      values.indices.map { index in
        let label = values.count == 1 ? name : "\(name)[\(index)]"
        let uncertainty = fit.uncertainties?[name]?[index]
        let isAtBound =
          fit.parametersAtBounds.contains(label)
          || fit.parametersAtBounds.contains("\(name)[\(index)]")
        return [
          label, NumberText.of(values[index], digits: 6), NumberText.of(uncertainty),
          isAtBound ? "at its bound" : "",
        ]
      }
    }
    return [
      "twice_nll \(NumberText.of(fit.twiceNLL, digits: 10))  converged, EDM \(NumberText.of(fit.edm)), "
        + "\(fit.evaluations) evaluations", "",
    ]
      + Table(
        [.text("parameter"), .number("value"), .number("uncertainty"), .text("")], rows
      ).lines()
  }

  /// What was asked for beside the values.
  private func extras(_ fit: BestFit) -> [String] {
    var lines: [String] = []
    if let intervals = fit.intervals {
      let rows = intervals.sorted { $0.key < $1.key }.map {
        [$0.key, NumberText.of($0.value.lower), NumberText.of($0.value.upper)]
      }
      lines += [""] + Table([.text("parameter"), .number("from"), .number("to")], rows).lines()
    }
    if pulls, let found = fit.pulls {
      let rows = found.map {
        [$0.parameter, NumberText.of($0.pull), NumberText.of($0.constraint)]
      }
      lines +=
        [""] + Table([.text("parameter"), .number("pull"), .number("constraint")], rows).lines()
    }
    if correlation, let found = fit.correlations {
      let rows = zip(found.parameters, found.matrix).map { name, row in
        [name] + row.map { NumberText.of($0, digits: 2) }
      }
      lines +=
        [""] + Table([.text("correlation")] + found.parameters.map { .number($0) }, rows).lines()
    }
    return lines
  }
}
