// SPDX-License-Identifier: Apache-2.0
public struct ROOTFormat: EventFormat {
  public static let name = "root"
  public init() {}
  public func open(_ path: String, tree: String?) throws -> any EventReader { fatalError("contract stub") }
}
