// SPDX-License-Identifier: Apache-2.0
import Steps
import Testing
import Workflow

@Suite struct CatalogTests {
  @Test func standardKinds() {
    #expect(
      StepCatalog.standard.kinds.keys.sorted()
        == ["cls", "command", "fit", "selection", "signal-model", "upper-limit"])
  }

  /// What depends on the luminosity, and nothing else, is recomputed when it changes.
  @Test func luminosityMattersToTheSignalModelAlone() {
    let kinds = StepCatalog.standard.kinds.values
    #expect(
      kinds.filter { type(of: $0).usesLuminosity }.map { type(of: $0).name } == ["signal-model"])
    #expect(kinds.allSatisfy { !type(of: $0).usesSeed })
  }
}
