// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Reinterpretation

/// The scan a command is about.
struct ScanArgument: ParsableArguments {
  @Argument(
    help: ArgumentHelp("The scan's name.", valueName: "scan"),
    completion: .custom { _, _, _ in Self.names() })
  var name: String

  /// Names of the scans in the registry that the shell's environment leads to.
  private static func names() -> [String] {
    let location = RegistryLocation.resolve(
      option: nil, environment: ProcessInfo.processInfo.environment,
      currentDirectory: FileManager.default.currentDirectoryPath)
    // A completion that can't look offers nothing; the command itself says what is wrong.
    return ((try? Reinterpreter(registry: location).scans()) ?? []).map(\.scan)
  }
}
