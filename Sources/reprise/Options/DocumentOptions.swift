// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

/// Where a command puts the JSON document it makes.
struct DocumentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The JSON file to write; it is replaced (default: standard output).", valueName: "file"))
  var outputFile: String?

  func write(_ text: WorkspaceText) throws {
    Terminal.complain(omissions: text.omissions)
    guard let outputFile else { return Terminal.say(text.json) }
    try text.write(to: outputFile)
  }
}
