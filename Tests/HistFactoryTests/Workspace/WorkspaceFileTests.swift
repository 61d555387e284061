// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Testing

@Suite(.enabled(if: WorkspaceFiles.areExpected, WorkspaceFiles.absence))
struct WorkspaceFileTests {
  /// What Foundation reads is what we read: every yield of every sample, bit for bit.
  @Test(arguments: WorkspaceFiles.names) func yieldsAreFoundations(_ name: String) throws {
    struct File: Decodable {
      struct Channel: Decodable {
        var name: String
        var samples: [Sample]
      }
      struct Sample: Decodable {
        var name: String
        var data: [Double]
        var modifiers: [Modifier]
      }
      struct Modifier: Decodable { var name: String, type: String }
      struct Observation: Decodable { var name: String, data: [Double] }
      var channels: [Channel]
      var observations: [Observation]
    }
    let bytes = try WorkspaceFiles.bytes(name)
    let file = try JSONDecoder().decode(File.self, from: Data(bytes))
    let workspace = try Workspace(json: bytes, source: name)
    #expect(workspace.channels.map(\.name) == file.channels.map(\.name))
    #expect(workspace.observations.map(\.data) == file.observations.map(\.data))
    for (channel, expected) in zip(workspace.channels, file.channels) {
      #expect(channel.samples.map(\.name) == expected.samples.map(\.name))
      #expect(channel.samples.map(\.data) == expected.samples.map(\.data))
      for (sample, other) in zip(channel.samples, expected.samples) {
        #expect(sample.modifiers.map(\.name) == other.modifiers.map(\.name))
        #expect(sample.modifiers.map(\.kind.name) == other.modifiers.map(\.type))
      }
    }
  }

  @Test(arguments: WorkspaceFiles.names) func printingAndParsingIsIdentity(_ name: String) throws {
    let workspace = try Workspace(json: try WorkspaceFiles.bytes(name), source: name)
    let printed = workspace.jsonData()
    #expect(try Workspace(json: printed, source: "printed") == workspace)
    // What is printed is already in its canonical spelling.
    #expect(try Workspace.canonicalJSON(of: printed) == printed)
  }

  /// A truncated file is refused with a sentence, whatever the cut.
  @Test(arguments: ["docs_2bin", "gen_alltypes", "smo_2019-09_onshell_simpl"])
  func truncationIsRefused(_ name: String) throws {
    let bytes = try WorkspaceFiles.bytes(name)
    let end = try #require(bytes.lastIndex(of: UInt8(ascii: "}")))
    for count in stride(from: 0, through: end, by: max(1, end / 400)) {
      #expect(throws: InvalidWorkspace.self) { try Workspace(json: Array(bytes.prefix(count))) }
    }
  }

  /// Flipped bytes are read as another workspace or refused with problems that have a place; never
  /// a crash, and what is accepted prints and parses to itself.
  @Test(arguments: ["docs_2bin", "gen_alltypes", "xmlimport_bkg", "c2p_multibin_bbl"])
  func flippedBytes(_ name: String) throws {
    let original = try WorkspaceFiles.bytes(name)
    var generator = SplitMix(state: UInt64(name.utf8.count))
    var refused = 0
    for _ in 0..<1_500 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        bytes[index] = UInt8.random(in: 0...255, using: &generator)
      }
      switch outcome(of: bytes) {
      case .success(let workspace):
        #expect(try Workspace(json: workspace.jsonData()) == workspace)
      case .failure(let error):
        refused += 1
        #expect(!error.problems.isEmpty)
        #expect(error.problems.allSatisfy { $0.line != nil && $0.column != nil })
      }
    }
    // Most single bytes of a workspace matter.
    #expect(refused > 300)
  }

  private func outcome(of bytes: [UInt8]) -> Result<Workspace, InvalidWorkspace> {
    do {
      return .success(try Workspace(json: bytes))
    } catch { return .failure(error) }
  }
}
