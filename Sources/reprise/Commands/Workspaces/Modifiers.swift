// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Modifiers: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show which modifiers act on which samples of a workspace.")

  @OptionGroup var options: WorkspaceOptions

  @Option(
    help: ArgumentHelp("A channel to show (default: all).", valueName: "name"))
  var channel: [String] = []

  @OptionGroup var figure: FigureOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let grid = try options.source.modifierGrid(channels: channel)
    try figure.draw { try grid.figure(title: $0) }
    try output.print(grid) { grid.channels.map(lines).joined(separator: [""]).map(\.self) }
  }

  /// A row for each modifier, in the order in which they first appear, a column for each sample.
  private func lines(_ channel: ModifierGrid.Channel) -> [String] {
    var seen: Set<ModifierGrid.Modifier> = []
    let modifiers = channel.samples.flatMap(\.modifiers).filter { seen.insert($0).inserted }
    let rows = modifiers.map { modifier in
      [modifier.name, modifier.type]
        + channel.samples.map { $0.modifiers.contains(modifier) ? "•" : "" }
    }
    return Table(
      [.text(channel.channel), .text("type")] + channel.samples.map { .text($0.sample) }, rows
    ).lines()
  }
}
