// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Figure: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw a scan: contours in a plane, or limits along one parameter.")

  @OptionGroup var scan: ScanArgument

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The SVG file to write; it is replaced (default: standard output).", valueName: "file"),
    completion: .file(extensions: ["svg"]))
  var output: String?

  @Option(help: ArgumentHelp("A title (default: that of the analysis).", valueName: "text"))
  var title: String?

  @OptionGroup var slice: SliceOptions
  @OptionGroup var registry: RegistryOptions

  func run() throws {
    let svg = try registry.reinterpreter().scanFigure(
      scan.name, slice: slice.value, title: title)
    guard let output else { return Terminal.say(whole: svg) }
    try OutputFile.write(svg, to: output)
    Terminal.say("\(scan.name) in \(output)")
  }
}
