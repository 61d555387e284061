// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct EventsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "Look into files of events, or write them anew.",
    subcommands: [EventsInspect.self, EventsConvert.self])
}

/// How a file of events is read.
struct EventFileOptions: ParsableArguments {
  @Argument(help: "The file of events.")
  var file: String

  @Option(
    help: ArgumentHelp(
      "Its format: root, rntuple, csv, lhe, hepmc3, npz or hdf5 (default: as its name ends).",
      valueName: "name"))
  var eventFormat: String?

  @Option(help: ArgumentHelp("The tree in it (default: the only one).", valueName: "name"))
  var tree: String?

  var source: EventFile { EventFile(path: file, format: eventFormat, tree: tree) }
}
