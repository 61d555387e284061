// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct EventsInspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show a file's trees, columns, types, entries, sums and first values.",
    discussion: "The whole file is read once; a damaged one is told where.")

  @OptionGroup var options: EventFileOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let report = try options.source.report()
    try output.print(report) { Self.lines(report) }
    let broken = report.columns.filter { $0.problem != nil }
    guard broken.isEmpty else {
      let sentences = broken.map { "\(report.file): \($0.problem ?? "")" }
      throw Failure(.refused, sentences.joined(separator: "\n"))
    }
  }

  private static func lines(_ report: EventFileReport) -> [String] {
    guard let entries = report.entries else {
      return ["\(report.file) (\(report.format)) has several trees; name one with --tree:"]
        + report.trees.map { "  \($0)" }
    }
    let tree = report.tree.map { ", tree \($0)" } ?? ""
    let rows = report.columns.map { column in
      [
        column.name, column.type, column.readAs + (column.isCollection ? "[]" : ""),
        column.count.map { "\($0)" } ?? "-", NumberText.of(column.sum, digits: 6),
        column.problem ?? column.first.joined(separator: ", "),
      ]
    }
    let table = Table(
      [
        .text("column"), .text("stored as"), .text("read as"), .number("values"), .number("sum"),
        .text("first events"),
      ], rows)
    let nonFinite = report.columns.filter { ($0.nonFinite ?? 0) > 0 }.map {
      "\($0.name): \($0.nonFinite ?? 0) values are infinite or not a number; the sum leaves them out."
    }
    return ["\(report.file) (\(report.format)\(tree)): \(entries) events", ""] + table.lines()
      + (nonFinite.isEmpty ? [] : [""] + nonFinite)
  }
}
