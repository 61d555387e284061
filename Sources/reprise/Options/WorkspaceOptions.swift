// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

/// The workspace a command looks at.
struct WorkspaceOptions: ParsableArguments {
  @Argument(help: "The workspace's JSON file, or - for standard input.")
  var workspace: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "A JSON patch to apply, or one of a patchset as FILE:NAME; several are applied in order.",
      valueName: "file"))
  var patch: [String] = []

  @Option(help: ArgumentHelp("The measurement to use (default: the first).", valueName: "name"))
  var measurement: String?

  var source: WorkspaceSource {
    WorkspaceSource(path: workspace, patches: patch, measurement: measurement)
  }
}
