// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Prune: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Remove channels, samples, modifiers, measurements or single bins of a workspace.")

  @OptionGroup var options: WorkspaceOptions

  @Option(name: [.short, .long], help: ArgumentHelp("A channel.", valueName: "name"))
  var channel: [String] = []

  @Option(name: [.short, .long], help: ArgumentHelp("A sample.", valueName: "name"))
  var sample: [String] = []

  @Option(name: [.short, .long], help: ArgumentHelp("A modifier.", valueName: "name"))
  var modifier: [String] = []

  @Option(
    name: [.customShort("t"), .long],
    help: ArgumentHelp("A type of modifiers, such as histosys.", valueName: "type"))
  var modifierType: [String] = []

  @Option(help: ArgumentHelp("A measurement.", valueName: "name"))
  var pruneMeasurement: [String] = []

  @Option(
    help: ArgumentHelp("A bin, counted from 0, as CHANNEL:BIN.", valueName: "channel:bin"))
  var bin: [String] = []

  @OptionGroup var document: DocumentOptions

  func validate() throws { _ = try bins() }

  func run() throws {
    var parts = PrunedParts()
    (parts.channels, parts.samples, parts.modifiers) = (channel, sample, modifier)
    (parts.modifierTypes, parts.measurements) = (modifierType, pruneMeasurement)
    parts.bins = try bins()
    try document.write(options.source.pruned(parts))
  }

  private func bins() throws -> [String: [Int]] {
    var bins: [String: [Int]] = [:]
    for text in bin {
      guard let colon = text.lastIndex(of: ":"),
        let position = Int(text[text.index(after: colon)...])
      else { throw ValidationError("'\(text)' is no bin; write CHANNEL:BIN, such as SR:0.") }
      bins[String(text[..<colon]), default: []].append(position)
    }
    return bins
  }
}
