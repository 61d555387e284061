// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

/// A figure beside the numbers.
struct FigureOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("An SVG file to draw the result in; it is replaced.", valueName: "file"),
    completion: .file(extensions: ["svg"]))
  var figure: String?

  @Option(help: ArgumentHelp("The figure's title.", valueName: "text"))
  var title = ""

  /// Draws if a figure is wanted.
  func draw(_ figure: (_ title: String) throws -> String) throws {
    guard let path = self.figure else { return }
    try OutputFile.write(figure(title), to: path)
  }
}
