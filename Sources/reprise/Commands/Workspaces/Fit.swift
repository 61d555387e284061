// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Fit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fit all free parameters of a workspace.")

  @OptionGroup var options: WorkspaceOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let fit = try options.source.fit()
    if fit.uncertainties == nil {
      Terminal.complain("The curvature is not positive definite here: no uncertainties.")
    }
    try output.print(fit) { lines(fit) }
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
}
