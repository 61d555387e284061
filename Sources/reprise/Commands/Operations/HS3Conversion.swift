// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct HS32JSON: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hs32json", abstract: "Make a workspace of an HS3 document.")

  @Argument(help: "The HS3 document, or - for standard input.")
  var document: String

  @Option(
    help: ArgumentHelp("The analysis to take (default: the document's first).", valueName: "name"))
  var analysis: String?

  @Option(
    help: "How values of a shapesys are written (default: as the document notes, or relative).")
  var shapesys: ShapesysChoice?

  @OptionGroup var output: DocumentOptions

  func run() throws {
    try output.write(
      WorkspaceConversion.workspace(ofHS3: document, analysis: analysis, shapesys: shapesys))
  }
}

struct JSON2HS3: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "json2hs3",
    abstract: "Write a workspace in the HEP Statistics Serialization Standard.",
    discussion: """
      Every measurement becomes an analysis, or with --measurement that one alone. ROOT reads the \
      values of a shapesys as relative uncertainties, pyhs3 as absolute ones.
      """)

  @OptionGroup var options: ModelOptions

  @Option(help: "How values of a shapesys are written.")
  var shapesys: ShapesysChoice = .relative

  @OptionGroup var output: DocumentOptions

  func run() throws { try output.write(options.source.hs3(shapesys: shapesys)) }
}
