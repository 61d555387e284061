// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What `fit` says of its minimum, and what `limit` and `modifiers` show.
@Suite struct FitReportTests {
  /// A background of 99 that grows to both sides: 100 + 30 a above, 100 + 28 |a| below.
  static let twoMinima = """
    {"channels": [{"name": "SR", "samples": [
      {"name": "signal", "data": [1.0],
       "modifiers": [{"name": "mu", "type": "normfactor", "data": null}]},
      {"name": "background", "data": [99.0], "modifiers": [{"name": "side", "type": "histosys",
         "data": {"lo_data": [127.0], "hi_data": [129.0]}}]}]}],
     "observations": [{"name": "SR", "data": [130.0]}],
     "measurements": [{"name": "m", "config": {"poi": "mu", "parameters": [
       {"name": "mu", "fixed": true, "inits": [1.0]}]}}],
     "version": "1.0.0"}
    """

  private func ask(
    _ text: String, _ arguments: [String], status: Int32 = 0
  ) throws -> CommandLineTool.Output {
    try CommandLineTool.use(["ws.json": text]) { tool in
      let output = try tool.run(arguments)
      #expect(output.status == status, "\(output.standardError)")
      return output
    }
  }

  /// Where −log L = ν − n log ν + a²/2 with ν = 100 + s a has its minimum: a quadratic equation.
  private func minimum(slope: Double) -> (a: Double, value: Double) {
    let n = 130.0
    let b = 100 + slope * slope
    let a = (-b + (b * b - 4 * slope * slope * (100 - n)).squareRoot()) / (2 * slope)
    let mean = 100 + slope * a
    return (a, 2 * (mean - n * log(mean)) + a * a)
  }

  @Test func minimaOfSeveralStarts() throws {
    let arguments = ["fit", "ws.json", "--histosys", "code0", "--starts", "30"]
    let fit = try ask(Self.twoMinima, arguments + ["--format", "json"]).object
    let minima = fit["minima"] as? [[String: Any]] ?? []
    let above = minimum(slope: 30)
    let below = minimum(slope: 28)
    #expect(minima.count == 2)
    #expect(minima.compactMap { $0["hits"] as? Int }.reduce(0, +) <= 30)
    let values = minima.compactMap { $0["twice_nll"] as? Double }
    #expect(values.count == 2)
    let best = try #require(fit["twice_nll"] as? Double)
    #expect(try abs(#require(values.first) - best) < 1e-8)
    #expect(
      try abs(#require(values.last) - #require(values.first) - (below.value - above.value)) < 1e-6)
    let sides = minima.compactMap { ($0["mle_parameters"] as? [String: [Double]])?["side"]?.first }
    #expect(sides.count == 2 && abs(sides[0] - above.a) < 1e-5 && abs(sides[1] + below.a) < 1e-5)
    let table = try ask(Self.twoMinima, arguments).standardOutput
    #expect(table.contains("minima from 30 starting points") && table.contains("side"))
  }

  @Test func crossCheck() throws {
    let arguments = ["fit", "ws.json", "--cross-check"]
    let fit = try ask(WorkspaceQuestionTests.excess, arguments + ["--format", "json"]).object
    let check = try #require(fit["cross_check"] as? [String: Any])
    #expect(check["confirms"] as? Bool == true && check["converged"] as? Bool == true)
    let difference = try #require(check["difference"] as? Double)
    let values = [fit, check].compactMap { $0["twice_nll"] as? Double }
    #expect(values.count == 2 && abs(values[1] - values[0] - difference) < 1e-9)
    #expect(abs(difference) < 1e-6)
    let parameters = check["parameters"] as? [[String: Any]] ?? []
    #expect(
      Set(parameters.compactMap { $0["parameter"] as? String })
        == ["mu", "uncorr_bkguncrt[0]", "uncorr_bkguncrt[1]"])
    let distances = parameters.compactMap { $0["distance"] as? Double }
    #expect(distances == distances.sorted(by: >) && distances.allSatisfy { $0 < 1e-2 })
    let table = try ask(WorkspaceQuestionTests.excess, arguments).standardOutput
    #expect(table.contains("confirms the fit") && table.contains("DIFFERS MOST"))
  }

  @Test func qualityOfTheFit() throws {
    // No excess: the signal strength ends at its bound of 0.
    let fit = try ask(WorkspaceCommandTests.twoBins, ["fit", "ws.json", "--format", "json"]).object
    #expect(fit["at_bounds"] as? [String] == ["mu"])
    for (key, largest) in [("edm", 1e-8), ("projected_gradient", 1e-3)] {
      let value = try #require(fit[key] as? Double)
      #expect(value >= 0 && value < largest, "\(key)")
    }
    #expect(fit["cross_check"] == nil && fit["minima"] == nil)
    let table = try ask(WorkspaceCommandTests.twoBins, ["fit", "ws.json"]).standardOutput
    for words in ["EDM", "projected gradient", "at its bound"] { #expect(table.contains(words)) }
  }

  @Test func scanOfCLs() throws {
    try CommandLineTool.use(["ws.json": WorkspaceQuestionTests.excess]) { tool in
      let limit = try tool.run(
        "limit", "ws.json", "--scan", "6", "--figure", "limit.svg", "--format", "json")
      #expect(limit.status == 0, "\(limit.standardError)")
      let object = try limit.object
      let scan = object["scan"] as? [[String: Any]] ?? []
      #expect(scan.count == 6)
      let last = try #require(scan.last)
      let mu = try #require(last["mu"] as? Double)
      let expected = try #require((object["upper_limit_exp"] as? [Double])?.last)
      let observed = try #require(object["upper_limit_obs"] as? Double)
      #expect(abs(mu - 1.1 * max(expected, observed)) < 1e-9)
      let test = try tool.run("cls", "ws.json", "--mu", "\(mu)", "--format", "json").object
      for key in ["CLs_obs", "CLs_exp"] {
        let pair = [test, last].map { ($0[key] as? [Double]) ?? [$0[key] as? Double ?? -1] }
        #expect(pair[0].count == pair[1].count)
        for (left, right) in zip(pair[0], pair[1]) { #expect(abs(left - right) < 1e-9) }
      }
      let svg = try String(
        contentsOf: tool.directory.appendingPathComponent("limit.svg"), encoding: .utf8)
      for words in ["Observed limit", "Expected limit", "95% CL"] { #expect(svg.contains(words)) }
      // Without being asked a limit has no scan.
      let plain = try tool.run("limit", "ws.json", "--format", "json").object
      #expect(plain["scan"] == nil)
      #expect(try tool.run("limit", "ws.json", "--scan", "1").status == 64)
    }
  }

  @Test func modifiers() throws {
    try CommandLineTool.use(["ws.json": InterpolationTests.workspace]) { tool in
      let table = try tool.run("modifiers", "ws.json", "--figure", "grid.svg")
      #expect(
        table.standardOutput == """
          SR     TYPE        SIGNAL  BACKGROUND
          mu     normfactor  •
          scale  normsys             •
          shape  histosys            •

          """)
      let object = try tool.run("modifiers", "ws.json", "--format", "json").object
      let channels = object["channels"] as? [[String: Any]] ?? []
      let samples = channels.first?["samples"] as? [[String: Any]] ?? []
      #expect(samples.map { ($0["modifiers"] as? [[String: String]])?.count } == [1, 2])
      let svg = try String(
        contentsOf: tool.directory.appendingPathComponent("grid.svg"), encoding: .utf8)
      for words in ["histosys", "normsys", "normfactor", "shape"] { #expect(svg.contains(words)) }
      let refused = try tool.run("modifiers", "ws.json", "--channel", "SP")
      #expect(refused.status == 64 && refused.standardError.contains("did you mean 'SR'?"))
    }
  }

  @Test(arguments: [["--starts", "0"], ["--starts", "many"], ["--starts", "1000000"]])
  func badStartsAreRefused(arguments: [String]) throws {
    let output = try ask(
      WorkspaceCommandTests.twoBins, ["fit", "ws.json"] + arguments, status: 64)
    #expect(output.standardOutput.isEmpty && !output.standardError.isEmpty)
  }
}
