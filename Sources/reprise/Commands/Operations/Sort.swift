// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Sort: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put everything in a workspace in order of names.")

  @OptionGroup var options: WorkspaceOptions
  @OptionGroup var document: DocumentOptions

  func run() throws { try document.write(options.source.sorted()) }
}
