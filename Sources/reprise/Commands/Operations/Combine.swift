// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Combine: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make one workspace of two.")

  @Argument(help: "The first workspace's JSON file, or - for standard input.")
  var left: String

  @Argument(help: "The second workspace's JSON file, or - for standard input.")
  var right: String

  @Option(
    name: [.short, .long],
    help: "What becomes of parts that both workspaces have under one name.")
  var join: JoinChoice = .none

  @Flag(
    inversion: .prefixedNo,
    help: "Whether channels of one name get the samples of both (with an outer join).")
  var mergeChannels = false

  @OptionGroup var document: DocumentOptions

  func run() throws {
    try document.write(
      WorkspaceSource(path: left).combined(
        with: WorkspaceSource(path: right), join: join, mergesChannels: mergeChannels))
  }
}
