// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

struct Digest: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the digests that patchsets know a workspace by.")

  @Argument(help: "The workspace's JSON file, or - for standard input.")
  var workspace: String

  @Option(name: [.short, .long], help: "A hash; several may be given (default: sha256).")
  var algorithm: [DigestChoice] = []

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard workspace != "-" || algorithm.count < 2 else {
      throw ValidationError("Standard input is read once: give one --algorithm, or a file.")
    }
  }

  func run() throws {
    var digests: [String: String] = [:]
    for choice in algorithm.isEmpty ? [.sha256] : algorithm {
      digests[choice.rawValue] = try WorkspaceSource(path: workspace).digest(choice)
    }
    try output.print(digests) {
      digests.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }
    }
  }
}
