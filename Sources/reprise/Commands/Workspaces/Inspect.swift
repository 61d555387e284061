// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the channels, samples, parameters and measurements of a workspace.")

  @OptionGroup var options: WorkspaceOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let summary = try options.source.inspect()
    try output.print(summary) { lines(summary) }
  }

  private func lines(_ summary: WorkspaceSummary) -> [String] {
    let channels = Table(
      [.text("channel"), .number("bins")], summary.channels.map { [$0.name, "\($0.bins)"] })
    let samples = Table([.text("sample")], summary.samples.map { [$0] })
    let parameters = Table(
      [.text("parameter"), .text("constraint"), .text("modifiers")],
      summary.parameters.map { [$0.name, $0.constraint, $0.modifiers.joined(separator: ", ")] })
    let measurements = Table(
      [.text("measurement"), .text("poi"), .text("configured parameters")],
      summary.measurements.map { [$0.name, $0.poi, $0.parameters.joined(separator: ", ")] })
    return [channels, samples, parameters, measurements].map { $0.lines() }
      .joined(separator: [""]).map(\.self)
  }
}
