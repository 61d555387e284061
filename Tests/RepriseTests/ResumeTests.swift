// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Killed at any moment, or run twice at once: the same command gives the same rows.
@Suite(.serialized) struct ResumeTests {
  /// The workflow with the most to lose that is here.
  private static let (workflow, signal) =
    Checkout.workflows.contains("squark-multijet")
    ? ("squark-multijet", "sqsq_1400_0") : ("hello", "nominal")

  private var arguments: [String] {
    [
      "reinterpret", Self.workflow,
      Checkout.path("workflows/\(Self.workflow)/signals/\(Self.signal).yaml"),
    ]
  }

  private func registered(in folder: URL) throws -> CommandLineTool {
    let tool = CommandLineTool(in: folder)
    let output = try tool.run("register", Checkout.path("workflows/\(Self.workflow)"))
    #expect(output.status == 0, "\(output.standardError)")
    return tool
  }

  /// What an undisturbed run computes, and how long it takes.
  private func undisturbed() throws -> (rows: [String: String], seconds: Double) {
    try TemporaryFolder.use { folder in
      let tool = try registered(in: folder)
      let begin = Date()
      let output = try tool.run(arguments)
      let seconds = Date().timeIntervalSince(begin)
      #expect(output.status == 0, "\(output.standardError)")
      return (try RegistryDump.computed(tool), seconds)
    }
  }

  @Test func killedAtRandomMoments() throws {
    let (rows, seconds) = try undisturbed()
    var random = SplitMix(seed: 2026)
    for attempt in 0..<Checkout.repetitions("REPRISE_KILLS", default: 4) {
      try TemporaryFolder.use { folder in
        let tool = try registered(in: folder)
        var moments: [Int] = []
        for _ in 0..<3 {
          let running = try tool.start(arguments)
          moments.append(Int(random.uniform() * seconds * 1e6))
          usleep(UInt32(moments.last ?? 0))
          running.signal(SIGKILL)
          _ = try running.wait()
        }
        let output = try tool.run(arguments)
        let story: Comment =
          "attempt \(attempt), killed after \(moments) µs: \(output.standardError)"
        #expect(output.status == 0, story)
        #expect(try RegistryDump.computed(tool) == rows, story)
        #expect(try leftovers(in: folder).isEmpty, story)
      }
    }
  }

  /// Scratch folders that nothing would clean up. Temporary objects of a killed write may stay: they
  /// are what `gc` is for.
  private func leftovers(in folder: URL) throws -> [String] {
    let work = folder.appendingPathComponent("registry/work")
    guard FileManager.default.fileExists(atPath: work.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: work.path)
  }

  @Test func interruptedCleanly() throws {
    let (rows, seconds) = try undisturbed()
    try TemporaryFolder.use { folder in
      let tool = try registered(in: folder)
      let running = try tool.start(arguments)
      usleep(UInt32(seconds * 0.4e6))
      running.signal(SIGINT)
      let first = try running.wait()
      #expect([0, 1].contains(first.status), "\(first.status): \(first.standardError)")
      #expect(try tool.run(arguments).status == 0)
      #expect(try RegistryDump.computed(tool) == rows)
    }
  }

  @Test func twoProcessesAtOnce() throws {
    let rows = try undisturbed().rows
    try TemporaryFolder.use { folder in
      let tool = try registered(in: folder)
      let both = try [tool.start(arguments), tool.start(arguments)]
      let outputs = try both.map { try $0.wait() }
      #expect(outputs.map(\.status) == [0, 0], "\(outputs.map(\.standardError))")
      var computed = try RegistryDump.computed(tool)
      var expected = rows
      // Who executed a step and who found it there is a matter of chance.
      computed["steps"] = nil
      expected["steps"] = nil
      #expect(computed == expected)
    }
  }

  /// A second signal runs only what depends on it, and doing the same again runs nothing.
  @Test(.enabled(if: Checkout.workflows.contains("squark-multijet"), "squark-multijet is not here"))
  func secondSignalRunsOnlyWhatDependsOnIt() throws {
    try TemporaryFolder.use { folder in
      let tool = try registered(in: folder)
      let first = try tool.run(arguments + ["--format", "json"]).objects
      let other = Checkout.path("workflows/squark-multijet/signals/sqsq_1800_0.yaml")
      let plan = try tool.run("plan", "squark-multijet", other, "--format", "json").object
      let second = try tool.run("reinterpret", "squark-multijet", other, "--format", "json").objects
      let steps = plan["steps"] as? [[String: Any]] ?? []
      #expect(!steps.isEmpty)
      for step in steps {
        let id = step["id"] as? String ?? ""
        let dependsOnSignal = step["depends_on_signal"] as? Bool == true
        #expect(step["state"] as? String == (dependsOnSignal ? "run" : "cached"), "\(id)")
        #expect(state(of: id, in: second) == (dependsOnSignal ? "executed" : "cached"), "\(id)")
        #expect(state(of: id, in: first) == "executed", "\(id)")
      }
      let again = try tool.run("reinterpret", "squark-multijet", other, "--format", "json").objects
      for step in steps { #expect(state(of: step["id"] as? String ?? "", in: again) == "cached") }
    }
  }

  private func state(of step: String, in reports: [[String: Any]]) -> String? {
    let steps = reports.first?["steps"] as? [[String: Any]] ?? []
    return steps.first { $0["id"] as? String == step }?["state"] as? String
  }
}
