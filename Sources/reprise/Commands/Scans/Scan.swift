// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

/// Only groups its subcommands.
struct Scan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find where in a parameter space a preserved analysis excludes a signal.",
    discussion: """
      A scan is a YAML file: an analysis, a signal with free parameters, the contours looked for \
      and a budget. Every proposal and every result is kept, so a scan that was stopped, \
      interrupted or killed goes on with the points it would have chosen anyway.
      """,
    subcommands: [
      Start.self, Status.self, Resume.self, Stop.self, Retry.self, List.self, Show.self,
    ])

  /// Runs a scan to its end with a progress line and prints what came of it.
  static func follow(
    _ output: OutputOptions,
    _ work: (@escaping @Sendable (ScanProgress) -> Void) async throws -> ScanReport
  ) async throws {
    let line = ProgressLine()
    defer { line.end() }
    let report = try await work { line.show($0) }
    line.end()
    try output.print(report) { ScanText.outcome(report) }
    // Without a result, or without an end, there is nothing to draw yet.
    if !report.isFinished || report.finished == 0 { throw ExitCode(Exit.code(for: .failed)) }
  }
}

extension Scan {
  struct Start: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Start a scan and see it through; goes on with it if it was begun before.")

    @Argument(help: "The scan's YAML file.", completion: .file(extensions: ["yaml", "yml"]))
    var file: String

    @OptionGroup var registry: RegistryOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let reinterpreter = registry.reinterpreter()
      try await Scan.follow(output) { try await reinterpreter.startScan(file, progress: $0) }
    }
  }

  struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Go on with a scan that was stopped, interrupted or killed.")

    @OptionGroup var scan: ScanArgument
    @OptionGroup var registry: RegistryOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let reinterpreter = registry.reinterpreter()
      try await Scan.follow(output) { try await reinterpreter.resumeScan(scan.name, progress: $0) }
    }
  }

  struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Evaluate the failed points of a scan again, then go on with it.")

    @OptionGroup var scan: ScanArgument
    @OptionGroup var registry: RegistryOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let reinterpreter = registry.reinterpreter()
      try await Scan.follow(output) { try await reinterpreter.retryScan(scan.name, progress: $0) }
    }
  }

  struct Stop: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ask a scan to end when the points under way are done.")

    @OptionGroup var scan: ScanArgument
    @OptionGroup var registry: RegistryOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let summary = try registry.reinterpreter().stopScan(scan.name)
      try output.print(summary) {
        let hint = "It ends when the points under way are done."
        return ScanText.lines([summary]) + (summary.status == "running" ? ["", hint] : [])
      }
    }
  }
}
