// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Simplify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a simplified likelihood and say what its results lose.",
    discussion: """
      All backgrounds become one sample. linear keeps every nuisance parameter, its effect taken as \
      linear; covariance has as many as the background's covariance after a fit has directions; \
      total has one. The last two carry the uncertainty after a fit and are fitted again: give the \
      signal regions to --exclude, or their data count twice.

      The workspace goes to --output-file and the comparison to standard output; without a file \
      the workspace goes to standard output and the comparison to standard error.
      """)

  @OptionGroup var options: ModelOptions

  @Option(help: "What the uncertainties of the background become.")
  var kind: SimplificationKind = .linear

  @Option(
    help: ArgumentHelp(
      "A channel whose data don't count for the uncertainties after the fit.", valueName: "channel")
  )
  var exclude: [String] = []

  @Option(help: "The signal strength at which CLs are compared.")
  var mu = 1.0

  @OptionGroup var document: DocumentOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard mu.isFinite else { throw ValidationError("--mu must be a finite number.") }
    guard output.format == .table || document.outputFile != nil else {
      throw ValidationError(
        "--format json is of the comparison: name a file for the workspace with --output-file.")
    }
    guard kind != .linear || exclude.isEmpty else {
      throw ValidationError(
        "--exclude is of --kind covariance and total: linear fits all data once.")
    }
  }

  func run() throws {
    let simplified = try options.source.simplified(kind, excluding: exclude, mu: mu)
    let comparison = simplified.comparison
    for failure in comparison.full.failures { Terminal.complain("In full: \(failure)") }
    for failure in comparison.simplified.failures { Terminal.complain("Simplified: \(failure)") }
    if comparison.countsDataTwice, exclude.isEmpty {
      Terminal.complain(
        "Every channel's data count twice: name the signal regions with --exclude.")
    }
    try document.write(simplified.workspace)
    guard document.outputFile != nil else {
      return Terminal.complain(lines(comparison).joined(separator: "\n"))
    }
    try output.print(comparison) { lines(comparison) }
  }

  private func lines(_ comparison: SimplificationReport) -> [String] {
    let sides = [("full", comparison.full), ("simplified", comparison.simplified)]
    let cls = sides.map { name, side in
      ("CLs at mu = \(NumberText.of(comparison.mu)), \(name)", side.observedCLs, side.expectedCLs)
    }
    let limits = sides.map { name, side in
      ("limit, \(name)", side.observedLimit, side.expectedLimits)
    }
    return BandTable.lines(
      known: (cls + limits).map { (label: $0.0, observed: $0.1, expected: $0.2 ?? []) })
      + [
        "",
        "parameters \(comparison.full.parameters) in full, \(comparison.simplified.parameters) "
          + "simplified",
        "largest error of a bin's background, one parameter one σ away: "
          + "\(NumberText.of(comparison.responseLoss, digits: 2)) of its uncertainty",
      ]
      + (comparison.correlationLoss > 0
        ? [
          "largest error of a correlation between bins: "
            + NumberText.of(comparison.correlationLoss, digits: 2)
        ] : [])
  }
}
