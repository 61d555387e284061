// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct XML2JSON: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "xml2json", abstract: "Make a workspace of HistFactory XML and ROOT histograms.")

  @Argument(help: "The top-level XML file.")
  var combination: String

  @Option(
    help: ArgumentHelp(
      "What paths in the XML are relative to (default: the current folder).", valueName: "folder"))
  var basedir: String?

  @Option(
    name: [.customShort("v"), .long],
    help: ArgumentHelp("A folder here and the one in the XML.", valueName: "here:in-xml"))
  var mount: [String] = []

  @OptionGroup var document: DocumentOptions

  func run() throws {
    try document.write(
      WorkspaceConversion.workspace(ofXML: combination, folder: basedir, mounts: mount))
  }
}

struct JSON2XML: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "json2xml", abstract: "Write a workspace as HistFactory XML and ROOT histograms.")

  @OptionGroup var options: WorkspaceOptions

  @Option(help: ArgumentHelp("The folder to write into.", valueName: "folder"))
  var outputDir = "."

  @Option(help: ArgumentHelp("What the files' names begin with.", valueName: "name"))
  var resultprefix = "FitConfig"

  func run() throws {
    Terminal.complain(
      omissions: try options.source.writeXML(to: outputDir, prefix: resultprefix))
    Terminal.say("\(outputDir)/\(resultprefix).xml")
  }
}
