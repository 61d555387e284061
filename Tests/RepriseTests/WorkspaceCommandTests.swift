// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The workspace commands on pyhf's 2-bin example; numbers as printed in pyhf 0.7.6's documentation
/// of its own commands.
@Suite struct WorkspaceCommandTests {
  static let twoBins = """
    {"channels": [{"name": "singlechannel", "samples": [
      {"name": "signal", "data": [5.0, 10.0],
       "modifiers": [{"name": "mu", "type": "normfactor", "data": null}]},
      {"name": "background", "data": [50.0, 60.0],
       "modifiers": [{"name": "uncorr_bkguncrt", "type": "shapesys", "data": [5.0, 12.0]}]}]}],
     "observations": [{"name": "singlechannel", "data": [50.0, 60.0]}],
     "measurements": [{"name": "Measurement", "config": {"poi": "mu", "parameters": []}}],
     "version": "1.0.0"}
    """

  private func withTool<Value>(
    _ files: [String: String] = ["ws.json": twoBins], _ work: (CommandLineTool) throws -> Value
  ) throws -> Value {
    try CommandLineTool.use(files, work)
  }

  private func isClose(_ value: Any?, _ expected: Double, _ tolerance: Double) -> Bool {
    (value as? NSNumber).map { abs($0.doubleValue - expected) <= tolerance } ?? false
  }

  @Test func cls() throws {
    try withTool { tool in
      let output = try tool.run("cls", "ws.json", "--format", "json")
      #expect(output.status == 0 && output.standardError.isEmpty)
      let object = try output.object
      #expect(object.keys.sorted() == ["CLs_exp", "CLs_obs", "mu_hat"])
      #expect(isClose(object["CLs_obs"], 0.3599845631401915, 1e-5))
      let band = object["CLs_exp"] as? [Double] ?? []
      #expect(band.count == 5 && band == band.sorted())
      #expect(isClose(band.first, 0.07807427911686156, 1e-5))
      #expect(isClose(band.last, 0.8809947004472013, 1e-5))
      let stronger = try tool.run(
        "cls", "ws.json", "--mu", "2", "--test-statistic", "q", "--format", "json")
      #expect(try isClose(stronger.object["CLs_obs"], 0, 0.2))
    }
  }

  @Test func fit() throws {
    try withTool { tool in
      let object = try tool.run("fit", "ws.json", "--format", "json").object
      #expect(
        object.keys.sorted() == [
          "at_bounds", "converged", "edm", "evaluations", "mle_parameters", "projected_gradient",
          "twice_nll", "uncertainties",
        ])
      #expect(isClose(object["twice_nll"], 23.19636590468879, 1e-6))
      #expect(object["converged"] as? Bool == true)
      let parameters = object["mle_parameters"] as? [String: [Double]]
      #expect(parameters?["uncorr_bkguncrt"]?.count == 2)
      #expect(object["at_bounds"] as? [String] == ["mu"])
    }
  }

  @Test func logpdf() throws {
    let parameters =
      #"{"uncorr_bkguncrt": [1.0794427601939152, 1.0551371380490386], "mu": [1.0250190933209333]}"#
    try withTool(["ws.json": Self.twoBins, "pars.json": parameters]) { tool in
      // pyhf 0.7.6, Model.logpdf at these parameters: twice_nll 28.01620137922896.
      let object = try tool.run(
        "logpdf", "ws.json", "--parameters", "pars.json", "--format", "json"
      ).object
      #expect(object.keys.sorted() == ["gradient", "logpdf"])
      #expect(isClose(object["logpdf"], -28.01620137922896 / 2, 1e-9))
      let gradient = object["gradient"] as? [String: [Double]]
      #expect(isClose(gradient?["mu"]?.first, -5.225802786557019 / 2, 1e-7))
      #expect(gradient?["uncorr_bkguncrt"]?.count == 2)
    }
  }

  @Test func limit() throws {
    try withTool { tool in
      let object = try tool.run("limit", "ws.json", "--format", "json").object
      #expect(object.keys.sorted() == ["upper_limit_exp", "upper_limit_obs"])
      let band = object["upper_limit_exp"] as? [Double] ?? []
      #expect(band.count == 5 && band == band.sorted())
      let lower = try tool.run(
        "limit", "ws.json", "--confidence-level", "0.9", "--format", "json"
      ).object
      let (strict, loose) = (
        object["upper_limit_obs"] as? Double, lower["upper_limit_obs"] as? Double
      )
      #expect(try #require(loose) < #require(strict))
    }
  }

  @Test func inspect() throws {
    try withTool { tool in
      let object = try tool.run("inspect", "ws.json", "--format", "json").object
      #expect(
        object.keys.sorted() == [
          "channels", "measurements", "modifiers", "parameters", "samples", "systematics",
        ])
    }
  }

  @Test func standardInputAndPatch() throws {
    let patch =
      #"[{"op": "replace", "path": "/channels/0/samples/0/data", "value": [50.0, 100.0]}]"#
    try withTool(["patch.json": patch]) { tool in
      let plain = try tool.run(["cls", "-", "--format", "json"], input: Self.twoBins).object
      let patched = try tool.run(
        ["cls", "-", "--patch", "patch.json", "--format", "json"], input: Self.twoBins
      ).object
      let (weak, strong) = (plain["CLs_obs"] as? Double, patched["CLs_obs"] as? Double)
      #expect(try #require(strong) < #require(weak))
    }
  }

  @Test func tablesForPeople() throws {
    try withTool { tool in
      for command in ["cls", "limit", "inspect", "logpdf"] {
        let output = try tool.run(command, "ws.json")
        #expect(output.status == 0 && output.standardError.isEmpty)
        try GoldenFile.compare(output.standardOutput, "table-\(command).txt")
      }
    }
  }

  /// Each names what is wrong and where, and prints nothing.
  @Test(arguments: [
    ("{", "ends where a key"), ("", "ends where a value"), (#"{"channels": []}"#, "lacks the key"),
    (twoBins.replacingOccurrences(of: "50.0, 60.0]}]", with: "NaN, 60.0]}]"), "NaN"),
    (twoBins.replacingOccurrences(of: "[5.0, 12.0]", with: "[-5.0, 12.0]"), "shapesys"),
    (twoBins.replacingOccurrences(of: "\"shapesys\"", with: "\"shapesis\""), "shapesis"),
    (twoBins.replacingOccurrences(of: "[5.0, 10.0]", with: "[5.0, 10.0, 1.0]"), "do not match"),
    (String(twoBins.dropLast(40)), "ws.json:7:"),
  ])
  func badWorkspaceIsRefused(json: String, sentence: String) throws {
    try withTool(["ws.json": json]) { tool in
      for command in ["inspect", "logpdf", "fit", "cls", "limit"] {
        let output = try tool.run(command, "ws.json", "--format", "json")
        #expect(output.status == 64, "\(command): \(output.standardError)")
        #expect(output.standardOutput.isEmpty)
        #expect(output.standardError.hasPrefix("ws.json"))
        #expect(output.standardError.contains(sentence))
      }
    }
  }

  @Test func wrongParametersAreRefused() throws {
    try withTool(["ws.json": Self.twoBins, "pars.json": #"{"muu": [1.0]}"#]) { tool in
      let output = try tool.run("logpdf", "ws.json", "--parameters", "pars.json")
      #expect(output.status == 64)
      #expect(output.standardError.contains("did you mean 'mu'?"))
    }
  }

  /// What is no file of bearable size: a folder, a device without end.
  @Test func whatCannotBeRead() throws {
    try withTool { tool in
      for path in [".", "/dev/zero", "/dev/null", "missing.json"] {
        let output = try tool.run("cls", path)
        #expect(output.status == 64, "\(path): \(output.standardError)")
        #expect(output.standardError.hasPrefix(path))
      }
    }
  }
}
