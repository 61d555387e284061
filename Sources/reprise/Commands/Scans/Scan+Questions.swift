// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

extension Scan {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the scans.")

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let scans = try registry.reinterpreter().scans()
      try output.print(scans) { ScanText.lines(scans) }
    }
  }

  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show how far a scan is: its rounds, and points that failed or are under way.")

    @OptionGroup var scan: ScanArgument
    @OptionGroup var registry: RegistryOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let report = try registry.reinterpreter().scan(scan.name)
      try output.print(report) { ScanText.status(report) }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a scan whole: what it looks for, and every point with its results.",
      discussion: """
        As csv: a row for each point. As yaml: the points as a HEPData table. With --surrogates: \
        the Gaussian processes as JSON, data and hyperparameters included.
        """)

    /// A table for people; JSON, comma-separated values or a HEPData table for programs.
    enum Format: String, CaseIterable, ExpressibleByArgument {
      case table, json, csv, yaml
    }

    @OptionGroup var scan: ScanArgument

    @Flag(help: "Print the Gaussian processes behind the contours, as JSON.")
    var surrogates = false

    @OptionGroup var registry: RegistryOptions

    @Option(help: "How to print.")
    var format: Format?

    func validate() throws {
      if surrogates, let format, format != .json {
        throw ValidationError("--surrogates is JSON: leave --format away.")
      }
    }

    func run() throws {
      let reinterpreter = registry.reinterpreter()
      if surrogates {
        return try Terminal.say(JSONText.of(reinterpreter.surrogates(scan.name)))
      }
      let report = try reinterpreter.scan(scan.name)
      switch format ?? .table {
      case .table: Terminal.say(ScanText.whole(report).joined(separator: "\n"))
      case .json: try Terminal.say(JSONText.of(report))
      case .csv: Terminal.say(whole: report.pointsCSV)
      case .yaml: Terminal.say(whole: report.pointsHEPData)
      }
    }
  }
}
