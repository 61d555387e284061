// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation

/// Ctrl-C: the work is cancelled and winds up by itself; a second one ends the process at once.
enum Interruption {
  static func cancelling(_ work: sending @escaping () async throws -> Void) async throws {
    let task = Task { try await work() }
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    signal(SIGINT, SIG_IGN)
    source.setEventHandler {
      signal(SIGINT, SIG_DFL)
      task.cancel()
    }
    source.resume()
    defer { source.cancel() }
    try await task.value
  }
}
