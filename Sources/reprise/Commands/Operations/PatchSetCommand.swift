// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct PatchSetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "patchset", abstract: "Work with the patches of many signal points.",
    subcommands: [Apply.self, Extract.self, Inspect.self, Verify.self])

  struct Apply: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Apply one patch to the background it was made for.")

    @Argument(help: "The background workspace's JSON file, or - for standard input.")
    var background: String

    @Argument(help: "The patchset's JSON file.")
    var patchset: String

    @Option(help: ArgumentHelp("The patch's name.", valueName: "name"))
    var name: String

    @OptionGroup var document: DocumentOptions

    func run() throws {
      try document.write(
        PatchSetSource(path: patchset).apply(name, to: WorkspaceSource(path: background)))
    }
  }

  struct Extract: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print one patch as JSON.")

    @Argument(help: "The patchset's JSON file, or - for standard input.")
    var patchset: String

    @Option(help: ArgumentHelp("The patch's name.", valueName: "name"))
    var name: String

    @Flag(help: "Also print what the patchset says of the patch.")
    var withMetadata = false

    @OptionGroup var document: DocumentOptions

    func run() throws {
      try document.write(
        PatchSetSource(path: patchset).extract(name, includesMetadata: withMetadata))
    }
  }

  struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show what a patchset holds.")

    @Argument(help: "The patchset's JSON file, or - for standard input.")
    var patchset: String

    @OptionGroup var output: OutputOptions

    func run() throws {
      let summary = try PatchSetSource(path: patchset).inspect()
      try output.print(summary) {
        let head =
          [summary.description]
          + summary.references.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
          + summary.digests.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return head + [""]
          + Table(
            [.text("patch")] + summary.labels.map { .number($0) },
            summary.patches.map { [$0.name] + $0.values }
          ).lines()
      }
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check that a background is the one the patches were made for.")

    @Argument(help: "The background workspace's JSON file, or - for standard input.")
    var background: String

    @Argument(help: "The patchset's JSON file.")
    var patchset: String

    @OptionGroup var output: OutputOptions

    func run() throws {
      let digests = try PatchSetSource(path: patchset).verify(WorkspaceSource(path: background))
      try output.print(digests) {
        ["The patchset was made for this background."]
          + digests.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      }
    }
  }
}
