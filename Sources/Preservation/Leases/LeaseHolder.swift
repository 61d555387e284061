// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Who holds a lease: a process, told apart from any other that had or will have its number.
///
/// Written as `host/boot/namespace/process/start/value`; none of the parts can hold a slash.
struct LeaseHolder: Sendable, Hashable, CustomStringConvertible {
  let host: String
  /// The kernel's boot: after a restart no process of before is alive.
  let bootID: String
  /// Process numbers mean something within one namespace only.
  let processNamespace: String
  let processID: Int32
  /// Clock ticks from boot to the process's start.
  let processStart: UInt64
  /// Tells two `Registry` values of one process apart.
  let value: String

  var description: String {
    "\(host)/\(bootID)/\(processNamespace)/\(processID)/\(processStart)/\(value)"
  }

  /// nil for text that is no holder's description.
  init?(_ description: String) {
    let parts = description.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 6, let processID = Int32(parts[3]), let start = UInt64(parts[4]) else {
      return nil
    }
    host = parts[0]
    bootID = parts[1]
    processNamespace = parts[2]
    self.processID = processID
    processStart = start
    value = parts[5]
  }

  /// This process, with a new value.
  static func current() throws -> LeaseHolder {
    let processID = ProcessInfo.processInfo.processIdentifier
    guard let start = ProcessTable.startTime(of: processID), let bootID = ProcessTable.bootID else {
      throw RegistryError(
        .refused, "/proc can't be read, so leases can't tell which process is alive; mount it")
    }
    let host = ProcessTable.hostName
    let namespace = ProcessTable.namespace
    let text = "\(host)/\(bootID)/\(namespace)/\(processID)/\(start)/\(UUID().uuidString)"
    guard let holder = LeaseHolder(text) else {
      throw RegistryError(.refused, "host name '\(host)' holds a slash; give this machine a name")
    }
    return holder
  }

  /// Whether the process is gone for certain; nil when this machine can't see it.
  func isGone(seenFrom observer: LeaseHolder) -> Bool? {
    if bootID != observer.bootID { return host == observer.host ? true : nil }
    guard processNamespace == observer.processNamespace else { return nil }
    if processID == observer.processID, processStart == observer.processStart { return false }
    return ProcessTable.startTime(of: processID) != processStart
  }
}
