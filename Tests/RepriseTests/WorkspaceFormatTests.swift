// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// HS3 and simplified likelihoods at the command line.
@Suite struct WorkspaceFormatTests {
  private func withTool<Value>(
    _ files: [String: String] = ["ws.json": WorkspaceCommandTests.twoBins],
    _ work: (CommandLineTool) throws -> Value
  ) throws -> Value {
    try CommandLineTool.use(files, work)
  }

  private func cls(_ arguments: [String], _ tool: CommandLineTool) throws -> [Double] {
    let output = try tool.run(["cls"] + arguments + ["--format", "json"])
    #expect(output.status == 0, "\(output.standardError)")
    let object = try output.object
    return [try #require(object["CLs_obs"] as? Double)]
      + (object["CLs_exp"] as? [Double] ?? [])
  }

  private func expectEqual(_ left: [Double], _ right: [Double], within tolerance: Double) {
    #expect(left.count == right.count && left.count == 6)
    for (left, right) in zip(left, right) {
      #expect(abs(left - right) <= tolerance * max(1, abs(right)), "\(left) \(right)")
    }
  }

  // MARK: HS3

  @Test func hs3ThereAndBack() throws {
    try withTool { tool in
      let written = try tool.run("json2hs3", "ws.json", "--output-file", "hs3.json")
      #expect(written.status == 0 && written.standardOutput.isEmpty)
      let read = try tool.run("hs32json", "hs3.json", "--output-file", "back.json")
      #expect(read.status == 0 && read.standardError.isEmpty, "\(read.standardError)")
      expectEqual(try cls(["back.json"], tool), try cls(["ws.json"], tool), within: 1e-9)
      // From one pipe into the next.
      let piped = try tool.run("json2hs3", "-", input: WorkspaceCommandTests.twoBins)
      let back = try tool.run("hs32json", "-", input: piped.standardOutput)
      #expect(
        back.standardOutput
          == (try String(
            contentsOf: tool.directory.appendingPathComponent("back.json"), encoding: .utf8)))
    }
  }

  /// Values of a shapesys are absolute for pyhs3: 5 of 50 events, not a tenth.
  @Test func hs3ShapesysValues() throws {
    try withTool { tool in
      for (choice, value) in [("relative", 0.1), ("absolute", 5)] {
        let written = try tool.run("json2hs3", "ws.json", "--shapesys", choice)
        let channels = try written.object["distributions"] as? [[String: Any]]
        let samples = channels?.first?["samples"] as? [[String: Any]] ?? []
        let modifiers = samples.flatMap { $0["modifiers"] as? [[String: Any]] ?? [] }
        let shapesys = modifiers.first { $0["type"] as? String == "shapesys" }
        let values = (shapesys?["data"] as? [String: Any])?["vals"] as? [Double]
        #expect(values?.first == value)
        // The document notes how it was written.
        let back = try tool.run("hs32json", "-", input: written.standardOutput)
        try Data(back.standardOutput.utf8).write(
          to: tool.directory.appendingPathComponent("back.json"))
        expectEqual(try cls(["back.json"], tool), try cls(["ws.json"], tool), within: 1e-9)
      }
    }
  }

  @Test func hs3RemembersInterpolationAndSaysSo() throws {
    try withTool(["ws.json": InterpolationTests.workspace]) { tool in
      let codes = ["--histosys", "code0", "--normsys", "code1"]
      let written = try tool.run(["json2hs3", "ws.json"] + codes)
      let back = try tool.run("hs32json", "-", input: written.standardOutput)
      #expect(back.status == 0)
      for code in ["--histosys code0", "--normsys code1"] {
        #expect(back.standardError.contains(code), "\(back.standardError)")
      }
    }
  }

  @Test(arguments: [
    ("{}", "there is no likelihood"), ("[1]", "hs3.json: likelihoods:"),
    ("{\"likelihoods\": 3", "hs3.json"),
  ])
  func badHS3IsRefused(text: String, sentence: String) throws {
    try withTool(["hs3.json": text]) { tool in
      let output = try tool.run("hs32json", "hs3.json")
      #expect(output.status == 64 && output.standardOutput.isEmpty)
      #expect(output.standardError.contains(sentence), "\(output.standardError)")
    }
  }

  @Test func unknownAnalysesAndMeasurementsAreRefused() throws {
    try withTool { tool in
      let written = try tool.run("json2hs3", "ws.json")
      let unknown = try tool.run(
        "hs32json", "-", "--analysis", "Nobody", input: written.standardOutput)
      #expect(unknown.status == 64 && unknown.standardError.contains("'Measurement'"))
      #expect(try tool.run("json2hs3", "ws.json", "--measurement", "Nobody").status == 64)
      #expect(try tool.run("hs32json", "absent.json").status == 64)
      #expect(try tool.run("json2hs3", "ws.json", "--output-file", "no/folder.json").status == 64)
    }
  }

  @Test(
    .enabled(if: SharedWorkspaces.areExpected, SharedWorkspaces.absence),
    arguments: [
      "1Lbb_simpl_700_400", "2018-05_ewk", "c2p_multibin_bbl", "c2p_multibin_histosys",
      "gen_alltypes", "gen_coupledhisto", "gen_shapefactor", "sbottomA_1000_131",
      "smo_2019-09_onshell_simpl", "staus_highMass", "1Lbb_full_700_400",
    ])
  func hs3KeepsPublishedResults(name: String) throws {
    try withTool { tool in
      let original = SharedWorkspaces.path(name)
      #expect(try tool.run("json2hs3", original, "--output-file", "hs3.json").status == 0)
      let read = try tool.run("hs32json", "hs3.json", "--output-file", "back.json")
      #expect(read.status == 0, "\(read.standardError)")
      expectEqual(try cls(["back.json"], tool), try cls([original], tool), within: 1e-9)
    }
  }

  // MARK: Simplified likelihoods

  /// All effects are linear, so nothing is lost but what a covariance can't say.
  static let linear = WorkspaceCommandTests.twoBins.replacingOccurrences(
    of: "\"type\": \"shapesys\", \"data\": [5.0, 12.0]",
    with:
      "\"type\": \"histosys\", \"data\": {\"lo_data\": [45.0, 57.0], \"hi_data\": [55.0, 63.0]}")

  @Test(arguments: [
    ["--kind", "linear"], ["--kind", "total", "--exclude", "singlechannel"],
    ["--kind", "covariance", "--exclude", "singlechannel"],
  ])
  func linearEffectsLoseNothing(arguments: [String]) throws {
    try withTool(["ws.json": Self.linear]) { tool in
      let output = try tool.run(
        ["simplify", "ws.json", "--output-file", "simple.json", "--format", "json"] + arguments)
      #expect(output.status == 0 && output.standardError.isEmpty, "\(output.standardError)")
      let object = try output.object
      let loss = try #require(object["response_loss"] as? Double)
      #expect(abs(loss) < 1e-9)
      expectEqual(try cls(["simple.json"], tool), try cls(["ws.json"], tool), within: 1e-7)
      let full = object["full"] as? [String: Any]
      let simplified = object["simplified"] as? [String: Any]
      for key in ["CLs_obs", "upper_limit_obs"] {
        let pair = [full, simplified].compactMap { $0?[key] as? Double }
        #expect(pair.count == 2 && abs(pair[0] - pair[1]) < 1e-6 * pair[0], "\(key)")
      }
    }
  }

  @Test func simplifyTellsWhatItCosts() throws {
    try withTool { tool in
      let output = try tool.run("simplify", "ws.json", "--kind", "total")
      #expect(output.status == 0)
      // Without a file the workspace is the output, and the comparison stands beside it.
      #expect(try output.object["channels"] != nil)
      for words in ["count twice", "CLs at mu = 1, simplified", "correlation between bins"] {
        #expect(output.standardError.contains(words), "\(output.standardError)")
      }
      let filed = try tool.run("simplify", "ws.json", "--output-file", "simple.json")
      #expect(filed.standardOutput.contains("limit, simplified"))
      #expect(filed.standardError.isEmpty)
    }
  }

  /// A fixed signal strength can't be tested: that is said, once a side, and no number is shown.
  @Test func missingAnswersAreNoNumbers() throws {
    let text = WorkspaceCommandTests.twoBins.replacingOccurrences(
      of: "\"parameters\": []", with: "\"parameters\": [{\"name\": \"mu\", \"fixed\": true}]")
    try withTool(["ws.json": text]) { tool in
      let output = try tool.run("simplify", "ws.json", "--output-file", "simple.json")
      let lines = output.standardError.split(separator: "\n")
      #expect(lines.count { $0.hasPrefix("In full: ") } == 1)
      #expect(lines.count { $0.hasPrefix("Simplified: ") } == 1)
      #expect(!output.standardOutput.contains("nan") && output.standardOutput.contains("  -"))
    }
  }

  /// A pipe is written to; it isn't replaced by a file.
  @Test func devicesAreWrittenTo() throws {
    try withTool { tool in
      let drawn = try tool.run("limit", "ws.json", "--figure", "/dev/stdout")
      #expect(drawn.status == 0 && drawn.standardOutput.hasPrefix("<?xml"))
      let quiet = try tool.run("sort", "ws.json", "--output-file", "/dev/null")
      #expect(quiet.status == 0 && quiet.standardOutput.isEmpty)
      var status = stat()
      #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }
  }

  @Test(arguments: [
    ["--kind", "total", "--exclude", "singlechanel"], ["--exclude", "singlechannel"],
    ["--format", "json"], ["--mu", "nan"], ["--kind", "quadratic"],
    ["--output-file", "."], ["--output-file", "no/folder.json"],
  ])
  func simplifyRefuses(arguments: [String]) throws {
    try withTool { tool in
      let output = try tool.run(["simplify", "ws.json"] + arguments)
      #expect(output.status == 64 && output.standardOutput.isEmpty)
      #expect(!output.standardError.isEmpty)
    }
  }
}
