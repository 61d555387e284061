// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Reinterpretation

/// Where the registry is.
struct RegistryOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The registry's folder.", valueName: "folder"))
  var registry: String?

  func reinterpreter() -> Reinterpreter {
    let location = RegistryLocation.resolve(
      option: registry, environment: ProcessInfo.processInfo.environment,
      currentDirectory: FileManager.default.currentDirectoryPath)
    return Reinterpreter(registry: location)
  }
}
