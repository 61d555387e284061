// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Logging
import Preservation

/// Tells other machines every half minute that this process is alive.
///
/// A timer and not a task: steps that compute may occupy every thread that tasks have.
struct LeaseRenewal {
  private let timer: any DispatchSourceTimer

  init(_ registry: Registry, _ logger: Logger) {
    timer = DispatchSource.makeTimerSource(queue: .global())
    timer.schedule(deadline: .now() + 30, repeating: 30)
    timer.setEventHandler {
      do {
        try registry.renewLeases()
      } catch {
        // The next renewal comes long before the lease is stale.
        logger.warning("leases were not renewed: \(error)")
      }
    }
    timer.resume()
  }

  func stop() { timer.cancel() }
}
