// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Toys at the command line, of one bin without uncertainties: all p-values are sums of Poisson
/// probabilities, since the test statistic falls with the count up to where it is 0.
@Suite struct ToyTests {
  private static func counting(observed: Int) -> String {
    """
    {"channels": [{"name": "SR", "samples": [
      {"name": "signal", "data": [8.0],
       "modifiers": [{"name": "mu", "type": "normfactor", "data": null}]},
      {"name": "background", "data": [10.0], "modifiers": []}]}],
     "observations": [{"name": "SR", "data": [\(observed)]}],
     "measurements": [{"name": "m", "config": {"poi": "mu", "parameters": []}}],
     "version": "1.0.0"}
    """
  }

  private func withTool<Value>(
    observed: Int, _ work: (CommandLineTool) throws -> Value
  ) throws -> Value {
    try CommandLineTool.use(["ws.json": Self.counting(observed: observed)], work)
  }

  /// Σ Poisson(n | mean) over n ≤ count.
  private func poisson(upTo count: Int, mean: Double) -> Double {
    (0...count).reduce(0) { $0 + exp(Double($1) * log(mean) - mean - lgamma(Double($1) + 1)) }
  }

  private func json(_ tool: CommandLineTool, _ arguments: [String]) throws -> [String: Any] {
    let output = try tool.run(["toys", "ws.json", "--format", "json"] + arguments)
    #expect(output.status == 0, "\(output.standardError)")
    return try output.object
  }

  private func bytes(_ name: String, _ tool: CommandLineTool) throws -> Data {
    try Data(contentsOf: tool.directory.appendingPathComponent(name))
  }

  @Test func signalStrength() throws {
    try withTool(observed: 11) { tool in
      let test = try json(tool, ["--toys", "20000", "--seed", "7"])
      let clsb = poisson(upTo: 11, mean: 18)
      let clb = poisson(upTo: 11, mean: 10)
      let found = try #require(test["CLs_obs"] as? Double)
      let uncertainty = try #require(test["CLs_obs_uncertainty"] as? Double)
      #expect(abs(found - clsb / clb) < 4 * uncertainty)
      let binomial =
        clsb / clb
        * ((1 - clsb) / clsb / 20000 + (1 - clb) / clb / 20000).squareRoot()
      #expect(abs(uncertainty - binomial) < 0.05 * binomial)
      let toys = test["toys"] as? [String: Int]
      #expect(toys == ["tested": 20000, "alternative": 20000, "failed": 0])
      // The asymptotic test is that of the command of its own.
      let cls = try tool.run("cls", "ws.json", "--format", "json").object
      let beside = test["asymptotic"] as? [String: Any]
      #expect(cls["CLs_obs"] as? Double == beside?["CLs_obs"] as? Double)
      #expect((test["CLs_exp"] as? [Double])?.count == 5)
    }
  }

  @Test func discovery() throws {
    try withTool(observed: 18) { tool in
      let test = try json(tool, ["--toys", "20000", "--discovery"])
      let p0 = 1 - poisson(upTo: 17, mean: 10)
      let found = try #require(test["p0_obs"] as? Double)
      let uncertainty = try #require(test["p0_obs_uncertainty"] as? Double)
      #expect(abs(found - p0) < 4 * uncertainty)
      let significance = try #require(test["significance_obs"] as? Double)
      #expect(abs(0.5 * erfc(significance / 2.0.squareRoot()) - found) < 1e-9)
      // A signal of nothing is expected to be no discovery, not one of −∞.
      try Data(Self.counting(observed: 10).replacingOccurrences(of: "8.0", with: "0.0").utf8)
        .write(to: tool.directory.appendingPathComponent("nothing.json"))
      let nothing = try tool.run(
        "toys", "nothing.json", "--discovery", "--toys", "50", "--format", "json")
      #expect(try nothing.status == 0 && nothing.object["significance_exp"] as? Double == 0)
      let table = try tool.run("toys", "ws.json", "--discovery", "--toys", "50")
      #expect(table.standardOutput.contains("observed, asymptotic"))
      let piped = try tool.run(
        "toys", "-", "--discovery", "--toys", "50", input: Self.counting(observed: 18))
      #expect(piped.status == 0 && piped.standardOutput == table.standardOutput)
    }
  }

  /// One process, two that share the work, and one that goes on give the same bytes.
  @Test func sharedAndResumedToysAreTheSame() throws {
    try withTool(observed: 11) { tool in
      _ = try json(tool, ["--toys", "300", "--seed", "3", "--mu", "0.7", "--output-file", "all"])
      let plan = ["--seed", "3", "--mu", "0.7"]
      _ = try json(tool, plan + ["--toys", "100", "--output-file", "a"])
      _ = try json(tool, plan + ["--toys", "200", "--first", "100", "--output-file", "b"])
      let merged = try json(tool, ["--merge", "a", "--merge", "b", "--output-file", "c"])
      #expect(merged["mu"] as? Double == 0.7 && merged["seed"] as? Int == 3)
      #expect(try bytes("c", tool) == bytes("all", tool))
      // Signal strength and seed are the file's.
      _ = try json(tool, ["--toys", "300", "--output-file", "a"])
      #expect(try bytes("a", tool) == bytes("all", tool))
      // Asked again nothing is made, and nothing changes.
      _ = try json(tool, ["--toys", "300", "--output-file", "a"])
      #expect(try bytes("a", tool) == bytes("all", tool))
    }
  }

  @Test(arguments: [SIGKILL, SIGINT]) func nothingIsLost(signal: Int32) throws {
    try withTool(observed: 11) { tool in
      let arguments = ["toys", "ws.json", "--output-file", "kept", "--format", "json", "--toys"]
      let running = try tool.start(arguments + ["10000000"])
      let file = tool.directory.appendingPathComponent("kept").path
      for _ in 0..<1000 where !FileManager.default.fileExists(atPath: file) { usleep(10_000) }
      running.signal(signal)
      let ended = try running.wait()
      #expect(ended.status != 0 && ended.standardOutput.isEmpty)
      if signal == SIGINT {
        #expect(ended.status == 1 && ended.standardError.contains("The same command goes on"))
      }
      // Tasks that share the work are interrupted at different numbers.
      let kept = try JSONSerialization.jsonObject(with: bytes("kept", tool)) as? [String: Any]
      let samples = ["tested", "alternative"].map { kept?[$0] as? [String: Any] }
      let runs = samples.flatMap { $0?["runs"] as? [[Int]] ?? [] }
      let end = runs.map { $0.reduce(0, +) }.max() ?? 0
      #expect(end >= 32)
      let resumed = try tool.run(arguments + ["\(end)"])
      #expect(resumed.status == 0, "\(resumed.standardError)")
      #expect(try (resumed.object["toys"] as? [String: Int])?["tested"] == end)
      let whole = try tool.run("toys", "ws.json", "--output-file", "whole", "--toys", "\(end)")
      #expect(whole.status == 0)
      #expect(try bytes("kept", tool) == bytes("whole", tool))
    }
  }

  @Test func filesOfOtherToysAreRefused() throws {
    try withTool(observed: 11) { tool in
      _ = try json(tool, ["--toys", "40", "--output-file", "a"])
      let before = try bytes("a", tool)
      for (arguments, sentence) in [
        (["--seed", "5", "--output-file", "a"], "the seed is 0, not 5"),
        (["--mu", "2", "--output-file", "a"], "the signal strength is 1.0, not 2.0"),
        (["--discovery", "--output-file", "a"], "the test statistic is 'qtilde', not 'q0'"),
        (["--output-file", "a", "--merge", "a"], "don't merge it, too"),
        (["--merge", "ws.json"], "is no file of toys"),
        (["--merge", "absent"], "there is no such file"),
        (["--discovery", "--mu", "1"], "leave out --mu"), (["--toys", "-1"], "--toys"),
        (["--toys", "0"], "at least 1"), (["--first", "-1"], "--first"), (["--seed", "x"], "seed"),
        (["--toys", "5", "--output-file", "no/folder"], "can't be written there"),
      ] {
        let output = try tool.run(["toys", "ws.json"] + arguments)
        #expect(output.status == 64 && output.standardOutput.isEmpty, "\(arguments)")
        #expect(output.standardError.contains(sentence), "\(output.standardError)")
      }
      try Data(Self.counting(observed: 12).utf8).write(
        to: tool.directory.appendingPathComponent("ws.json"))
      let other = try tool.run("toys", "ws.json", "--output-file", "a")
      #expect(
        other.status == 64 && other.standardError.contains("the model or its data are others"))
      #expect(try bytes("a", tool) == before)
    }
  }
}
