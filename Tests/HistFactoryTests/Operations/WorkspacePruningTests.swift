// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

/// Pruning, renaming and sorting give what pyhf 0.7.6 gives, key for key.
@Suite struct WorkspacePruningTests {
  private static let selections: [(String, WorkspaceSelection)] = [
    ("prune_channels", .init(channels: ["CR"])),
    ("prune_samples", .init(samples: ["signal"])),
    ("prune_modifiers", .init(modifiers: ["jes", "stat_CR"])),
    ("prune_types", .init(modifierTypes: ["staterror", "shapesys"])),
    ("prune_measurements", .init(measurements: ["meas"])),
    (
      "prune_everything",
      .init(
        channels: ["CR"], samples: ["signal"], modifiers: ["jes"], modifierTypes: ["staterror"],
        measurements: ["other"])
    ),
    ("prune_bkg", .init(samples: ["bkg"])),
    ("prune_unknown", .init(channels: ["XX"])),
  ]

  @Test(arguments: selections)
  func prunes(_ key: String, _ selection: WorkspaceSelection) throws {
    let left = try OperationFixtures.workspace("left")
    try OperationFixtures.expect(key) { try left.pruned(selection) }
  }

  @Test func renames() throws {
    let left = try OperationFixtures.workspace("left")
    try OperationFixtures.expect("rename") {
      try left.renamed(
        WorkspaceRenaming(
          channels: ["SR": "CR", "CR": "SR"], samples: ["bkg": "background"],
          modifiers: ["mu": "mu_SIG", "stat_CR": "gamma"], measurements: ["meas": "fit"]))
    }
  }

  @Test(arguments: ["left", "right"])
  func sorts(_ name: String) throws {
    let workspace = try OperationFixtures.workspace(name)
    try OperationFixtures.expect("sorted_" + name) { workspace.sorted() }
    #expect(workspace.sorted().sorted() == workspace.sorted())
  }

  /// pyhf 0.7.6 says there is no histosys here, because the normsys of the same name hides it.
  @Test func aTypeIsFoundBehindAnotherOfTheSameName() throws {
    let pruned = try OperationFixtures.workspace("left").pruned(.init(modifierTypes: ["histosys"]))
    let kinds = pruned.channels.flatMap(\.samples).flatMap(\.modifiers).map(\.kind.name)
    #expect(kinds == ["normfactor", "normsys", "staterror", "normsys", "staterror", "shapesys"])
  }

  @Test func oneModifierOfOneSample() throws {
    let left = try OperationFixtures.workspace("left")
    let pruned = try left.removingModifiers { channel, sample, modifier in
      channel.name == "SR" && sample.name == "bkg" && modifier.name == "jes"
    }
    let names = pruned.channels.flatMap(\.samples).map { $0.modifiers.map(\.name) }
    #expect(names == [["mu", "jes"], ["stat_SR"], ["jes", "stat_CR", "shape_CR"]])
  }

  @Test func everyUnknownNameIsTold() throws {
    let left = try OperationFixtures.workspace("left")
    let refusal = #expect(throws: InvalidWorkspace.self) {
      try left.pruned(
        .init(channels: ["SRR"], modifierTypes: ["shapefactor"], measurements: ["zzzzzz"]))
    }
    #expect(
      refusal?.problems.map(\.message) == [
        "there is no channel 'SRR' to prune; did you mean 'SR'?",
        "there is no modifier type 'shapefactor' to prune; there are: 'histosys', 'normfactor', "
          + "'normsys', 'shapesys', 'staterror'",
        "there is no measurement 'zzzzzz' to prune; there are: 'meas', 'other'",
      ])
  }

  @Test func newNamesMayNotClash() throws {
    let left = try OperationFixtures.workspace("left")
    let refusal = #expect(throws: InvalidWorkspace.self) {
      try left.renamed(.init(channels: ["SR": "CR"]))
    }
    #expect(
      refusal?.problems.first?.description
        == "the renamed workspace: channels[1]: there are two channels called 'CR'; rename one")
    #expect(throws: InvalidWorkspace.self) { try left.renamed(.init(modifiers: ["mu": "jes"])) }
    #expect(throws: InvalidWorkspace.self) { try left.renamed(.init(samples: ["mu": "x"])) }
  }
}
