// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation
import Testing

/// Event files are looked into before a signal is accepted, and before an analysis is preserved.
@Suite(
  .enabled(
    if: FileManager.default.fileExists(atPath: MonojetFolder.url.path),
    "workflows/monojet is not here"))
struct EventCheckTests {
  /// What validating a copy with a change of `analysis.yaml` says.
  private func problems(_ old: String, _ new: String) throws -> [String] {
    try TemporaryFolder.use { folder in
      let copy = folder.appendingPathComponent("monojet")
      try FileManager.default.copyItem(at: MonojetFolder.url, to: copy)
      let file = copy.appendingPathComponent("analysis.yaml")
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(text.contains(old))
      try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: file)
      let reinterpreter = Reinterpreter(registry: folder.appendingPathComponent("registry"))
      return try reinterpreter.validate(copy.path).problems.map(\.message)
    }
  }

  @Test func asItIs() throws {
    #expect(try problems("MET_pt: float", "MET_pt: float") == [])
  }

  @Test func columnThatIsNotThere() throws {
    let messages = try problems("MET_pt: float", "MET_pt: float\n      MET_pz: float")
    #expect(messages.contains { $0.contains("there is no column 'MET_pz'") })
    #expect(messages.contains { $0.contains("did you mean 'MET_p") })
    #expect(messages.contains { $0.contains(".root: ") })
  }

  @Test func optionalColumnThatIsNotThere() throws {
    #expect(try problems("MET_pt: float", "MET_pt: float\n      MET_pz: float?") == [])
  }

  @Test func columnOfAnotherType() throws {
    let messages = try problems("MET_phi: float", "MET_phi: float\n      weight: int")
    #expect(!messages.isEmpty)  // a key said twice is a problem of its own
    let types = try problems("weight: double", "weight: int")
    #expect(types.contains { $0.contains("holds double, and the analysis declares int") })
  }

  @Test func listWhereOneValueIsDeclared() throws {
    let messages = try problems("MET_pt: float", "MET_pt: float\n      Jet_m: float")
    #expect(messages.contains { $0.contains("has a list per event") })
    let values = try problems("Lep: {pt: float}", "Lep: {pt: float}\n      MET: {sumet: float}")
    #expect(!values.isEmpty)
  }
}
