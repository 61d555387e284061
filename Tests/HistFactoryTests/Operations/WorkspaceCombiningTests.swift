// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

/// Combinations are those of pyhf 0.7.6 for every join, with and without merged channels; what it
/// refuses is refused.
@Suite struct WorkspaceCombiningTests {
  @Test(arguments: ["right", "disjoint", "left"], Workspace.Join.allCases)
  func combines(_ other: String, _ join: Workspace.Join) throws {
    let left = try OperationFixtures.workspace("left")
    let right = try OperationFixtures.workspace(other)
    for merges in [false, true] {
      let key = "combine|\(other)|\(join.rawValue)|\(merges ? "True" : "False")"
      try OperationFixtures.expect(key) {
        try left.combined(with: right, join: join, mergesChannels: merges)
      }
    }
  }

  @Test func everyClashIsTold() throws {
    let left = try OperationFixtures.workspace("left")
    var right = try OperationFixtures.workspace("right")
    func messages(_ join: Workspace.Join) -> [String] {
      do throws(InvalidWorkspace) {
        _ = try left.combined(with: right, join: join)
        return ["accepted"]
      } catch { return error.problems.map(\.message) }
    }
    #expect(
      messages(.none) == [
        "both workspaces have a channel 'SR'; rename one, or choose an outer join",
        "both workspaces have an observation of 'SR'; rename one, or choose an outer join",
        "both workspaces have a measurement 'meas'; rename one, or choose an outer join",
      ])
    right.measurements[0].poi = "jes"
    right.measurements[0].parameters[0].inits = [2]
    right.version = "2"
    #expect(
      messages(.outer) == [
        "the workspaces have the versions '1.0.0' and '2'; only equal ones can be combined",
        "measurement 'meas' has the parameters of interest 'mu' and 'jes'; rename one of the "
          + "measurements",
        "the configurations of 'mu' in measurement 'meas' differ; rename one, or choose a left or "
          + "right outer join",
        "both workspaces have a channel 'SR'; rename one, or choose a left or right outer join",
      ])
  }

  /// One parameter would be two things: told by the rules for files.
  @Test func aCombinationIsAWorkspace() throws {
    let left = try OperationFixtures.workspace("left")
    let right = try OperationFixtures.workspace("disjoint").renamed(
      .init(modifiers: ["free": "stat_SR"]))
    let refusal = #expect(throws: InvalidWorkspace.self) { try left.combined(with: right) }
    #expect(
      refusal?.description.contains("'stat_SR' is a shapefactor here but a staterror") == true)
  }
}
