// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Reinterpretation

/// Parses, runs, and turns whatever was thrown into an exit code.
@main
enum Entry {
  static func main() async {
    do {
      var command = try Reprise.parseAsRoot()
      if var lasting = command as? any AsyncParsableCommand {
        try await Interruption.cancelling { try await lasting.run() }
      } else {
        try command.run()
      }
    } catch {
      Exit.end(with: error)
    }
  }
}
