// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Broken event files: cut off or with flipped bytes. Never a crash, never a hang; refused with
/// exit code 64 and an unchanged registry, or accepted when the damage is where nobody reads.
@Suite(.enabled(if: Checkout.workflows.contains("monojet"), "workflows/monojet is not here"))
struct BrokenEventsTests {
  private static let signal = "dmzp_1000_1"

  /// Registers monojet and hands over a copy of a signal whose events may be broken.
  private func withSignal(_ work: (CommandLineTool, URL, Data) throws -> Void) throws {
    try TemporaryFolder.use { folder in
      let tool = CommandLineTool(in: folder)
      #expect(try tool.run("register", Checkout.path("workflows/monojet")).status == 0)
      for name in ["\(Self.signal).yaml", "\(Self.signal).root"] {
        try FileManager.default.copyItem(
          at: Checkout.root.appendingPathComponent("workflows/monojet/signals/\(name)"),
          to: folder.appendingPathComponent(name))
      }
      let events = folder.appendingPathComponent("\(Self.signal).root")
      try work(tool, events, Data(contentsOf: events))
    }
  }

  @Test func truncated() throws {
    try withSignal { tool, events, whole in
      let before = try RegistryDump(tool)
      var random = SplitMix(seed: 11)
      for _ in 0..<Checkout.repetitions("REPRISE_TRUNCATIONS", default: 10) {
        let length = Int.random(in: 0..<(whole.count - 1), using: &random)
        try whole.prefix(length).write(to: events)
        let output = try tool.run("reinterpret", "monojet", "\(Self.signal).yaml")
        #expect(output.status == 64, "cut at \(length): \(output.status) \(output.standardError)")
        #expect(output.standardError.contains("\(Self.signal).root"))
      }
      #expect(try RegistryDump(tool) == before)
    }
  }

  @Test func flippedBytes() throws {
    try withSignal { tool, events, whole in
      let before = try RegistryDump(tool)
      var random = SplitMix(seed: 12)
      for _ in 0..<Checkout.repetitions("REPRISE_FLIPS", default: 20) {
        let place = Int.random(in: 0..<whole.count, using: &random)
        var bytes = whole
        bytes[place] ^= UInt8.random(in: 1...255, using: &random)
        try bytes.write(to: events)
        let output = try tool.run("validate", "--analysis", "monojet", "\(Self.signal).yaml")
        #expect([0, 64].contains(output.status), "byte \(place): \(output.standardError)")
      }
      #expect(try RegistryDump(tool) == before)
    }
  }

  @Test func missingColumn() throws {
    try withSignal { tool, _, _ in
      let before = try RegistryDump(tool)
      let file = tool.directory.appendingPathComponent("\(Self.signal).yaml")
      let yaml = try String(contentsOf: file, encoding: .utf8)
      let renamed = yaml.replacingOccurrences(
        of: "events: {", with: "events: {columns: {MET_pt: met_pt}, ")
      #expect(renamed != yaml)
      try Data(renamed.utf8).write(to: file)
      let output = try tool.run("reinterpret", "monojet", "\(Self.signal).yaml")
      #expect(output.status == 64, "\(output.standardError)")
      #expect(output.standardError.contains("met_pt"))
      #expect(try RegistryDump(tool) == before)
    }
  }
}
