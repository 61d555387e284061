// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct EventsConvert: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: "Write a file's columns as CSV or NumPy's .npz.",
    discussion: """
      A collection Jet_pt is the columns Jet_pt[0], Jet_pt[1], … of CSV, empty where an event has \
      fewer; in .npz it is a flat array beside the lengths nJet. Both read back to the same numbers.
      """)

  @OptionGroup var options: EventFileOptions

  @Argument(help: "The file to write: its name ends with .csv or .npz. It is replaced.")
  var output: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Only these columns (default: all).", valueName: "name"))
  var columns: [String] = []

  @OptionGroup var printing: OutputOptions

  func run() throws {
    let conversion = try options.source.convert(
      to: output, columns: columns.isEmpty ? nil : columns)
    Terminal.complain(omissions: conversion.omissions)
    try printing.print(conversion) {
      ["\(conversion.file): \(conversion.entries) events, \(conversion.columns.count) columns"]
    }
  }
}
