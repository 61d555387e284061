// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// How a command prints what it found.
struct OutputOptions: ParsableArguments {
  /// A table for people or JSON for programs.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, json
  }

  @Option(help: "How to print.")
  var format: Format = .table

  /// Prints a record as JSON, or as the lines that are made of it.
  func print(_ record: some Encodable, lines: () -> [String]) throws {
    switch format {
    case .json: try Terminal.say(JSONText.of(record))
    case .table: Terminal.say(lines().joined(separator: "\n"))
    }
  }
}
