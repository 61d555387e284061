// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Rename: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Give channels, samples, modifiers or measurements of a workspace other names.",
    discussion: "Names come in pairs, old and new, after the workspace: --channel OLD NEW.")

  @OptionGroup var options: WorkspaceOptions

  @Option(
    name: [.short, .long], parsing: .upToNextOption,
    help: ArgumentHelp("A channel's old and new name.", valueName: "name"))
  var channel: [String] = []

  @Option(
    name: [.short, .long], parsing: .upToNextOption,
    help: ArgumentHelp("A sample's old and new name.", valueName: "name"))
  var sample: [String] = []

  @Option(
    name: [.short, .long], parsing: .upToNextOption,
    help: ArgumentHelp("A modifier's old and new name.", valueName: "name"))
  var modifier: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("A measurement's old and new name.", valueName: "name"))
  var renameMeasurement: [String] = []

  @OptionGroup var document: DocumentOptions

  func validate() throws { _ = try parts() }

  func run() throws { try document.write(options.source.renamed(parts())) }

  private func parts() throws -> RenamedParts {
    var parts = RenamedParts()
    parts.channels = try pairs(channel, "--channel")
    parts.samples = try pairs(sample, "--sample")
    parts.modifiers = try pairs(modifier, "--modifier")
    parts.measurements = try pairs(renameMeasurement, "--rename-measurement")
    return parts
  }

  private func pairs(_ names: [String], _ option: String) throws -> [String: String] {
    guard names.count.isMultiple(of: 2) else {
      throw ValidationError("\(option) needs pairs of names, old and new.")
    }
    var pairs: [String: String] = [:]
    for index in stride(from: 0, to: names.count, by: 2) {
      guard pairs.updateValue(names[index + 1], forKey: names[index]) == nil else {
        throw ValidationError("\(option) renames '\(names[index])' twice; leave one out.")
      }
    }
    return pairs
  }
}
