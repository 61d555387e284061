// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Contour: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the contours of a scan.",
    discussion: """
      As csv: a row for each point of a line. As yaml: a HEPData table. As svg: the figure of \
      'reprise figure'.
      """)

  /// A table for people; JSON, comma-separated values, a figure or a HEPData table.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, json, csv, svg, yaml
  }

  @OptionGroup var scan: ScanArgument

  @Option(help: ArgumentHelp("Only this output's contour, such as obs.", valueName: "name"))
  var output: String?

  @OptionGroup var slice: SliceOptions
  @OptionGroup var registry: RegistryOptions

  @Option(help: "How to print.")
  var format: Format = .table

  func validate() throws {
    if format == .svg, output != nil {
      throw ValidationError("The figure shows every contour: leave --output away.")
    }
  }

  func run() throws {
    let reinterpreter = registry.reinterpreter()
    if format == .svg {
      return try Terminal.say(whole: reinterpreter.scanFigure(scan.name, slice: slice.value))
    }
    let report = try reinterpreter.contour(scan.name, output: output, slice: slice.value)
    switch format {
    case .json: try Terminal.say(JSONText.of(report))
    case .csv: Terminal.say(whole: report.csv)
    case .yaml: Terminal.say(whole: report.hepData)
    case .table, .svg: Terminal.say(ContourText.lines(report).joined(separator: "\n"))
    }
  }
}
