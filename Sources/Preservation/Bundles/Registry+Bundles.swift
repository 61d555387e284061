// SPDX-License-Identifier: Apache-2.0
public import Foundation
public import Workflow

extension Registry {
  public func export(_ version: Version, to file: URL) throws {
    throw RegistryError(.refused, "export is not built yet")
  }
  public func importBundle(_ file: URL, catalog: StepCatalog) throws -> (
    version: Version, isNew: Bool
  ) {
    throw RegistryError(.refused, "import is not built yet")
  }
}
