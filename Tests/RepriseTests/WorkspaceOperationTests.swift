// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Commands that make workspaces of others. Digests are those of pyhf 0.7.6's `utils.digest`.
@Suite struct WorkspaceOperationTests {
  static let sha256 = "dad8822af55205d60152cbe4303929042dbd9d4839012e055e7c6b6459d68d73"

  /// Two points, for `WorkspaceCommandTests.twoBins`; the second patch can't be applied.
  static func patchset(digest: String = sha256) -> String {
    """
    {"metadata": {"references": {"hepdata": "ins1"}, "digests": {"sha256": "\(digest)"},
      "labels": ["m"], "description": "two points"},
     "patches": [
      {"metadata": {"name": "strong", "values": [100]}, "patch":
       [{"op": "replace", "path": "/channels/0/samples/0/data", "value": [50.0, 100.0]}]},
      {"metadata": {"name": "broken", "values": [200]}, "patch":
       [{"op": "remove", "path": "/channels/7"}]}],
     "version": "1.0.0"}
    """
  }

  private func withTool<Value>(
    _ files: [String: String] = [:], _ work: (CommandLineTool) throws -> Value
  ) throws -> Value {
    let usual = ["ws.json": WorkspaceCommandTests.twoBins, "set.json": Self.patchset()]
    return try CommandLineTool.use(files.merging(usual) { given, _ in given }, work)
  }

  /// The names of channels, samples, modifiers and measurements of a printed workspace.
  private func names(_ output: CommandLineTool.Output) throws -> Set<String> {
    #expect(output.status == 0, "\(output.standardError)")
    let root = try output.object
    let channels = root["channels"] as? [[String: Any]] ?? []
    let samples = channels.flatMap { $0["samples"] as? [[String: Any]] ?? [] }
    let modifiers = samples.flatMap { $0["modifiers"] as? [[String: Any]] ?? [] }
    let measurements = root["measurements"] as? [[String: Any]] ?? []
    return Set((channels + samples + modifiers + measurements).compactMap { $0["name"] as? String })
  }

  @Test func prune() throws {
    try withTool { tool in
      let whole = try names(tool.run("sort", "ws.json"))
      #expect(
        whole == ["singlechannel", "signal", "background", "mu", "uncorr_bkguncrt", "Measurement"])
      let pruned = try names(tool.run("prune", "ws.json", "-t", "shapesys"))
      #expect(pruned == whole.subtracting(["uncorr_bkguncrt"]))
      let oneBin = try tool.run("prune", "ws.json", "--bin", "singlechannel:0")
      let observations = try oneBin.object["observations"] as? [[String: Any]]
      #expect(observations?.first?["data"] as? [Double] == [60])
      let refused = try tool.run("prune", "ws.json", "-c", "singlechanel")
      #expect(refused.status == 64 && refused.standardOutput.isEmpty)
      #expect(
        refused.standardError.hasPrefix("ws.json: there is no channel 'singlechanel' to prune"))
      #expect(try tool.run("prune", "ws.json", "--bin", "singlechannel").status == 64)
    }
  }

  @Test func renameAndCombine() throws {
    try withTool { tool in
      let renamed = try tool.run(
        "rename", "ws.json", "--output-file", "other.json", "-c", "singlechannel", "second", "-m",
        "uncorr_bkguncrt", "u", "mu", "nu")
      #expect(renamed.status == 0 && renamed.standardOutput.isEmpty)
      #expect(try tool.run("combine", "ws.json", "other.json").status == 64)
      let both = try names(tool.run("combine", "ws.json", "other.json", "-j", "left outer"))
      #expect(
        both == [
          "singlechannel", "second", "signal", "background", "mu", "nu", "uncorr_bkguncrt", "u",
          "Measurement",
        ])
      #expect(try tool.run("rename", "ws.json", "-c", "singlechannel").status == 64)
      #expect(try tool.run("combine", "-", "-").status == 64)
    }
  }

  @Test func digests() throws {
    try withTool { tool in
      #expect(try tool.run("digest", "ws.json").standardOutput == "sha256:\(Self.sha256)\n")
      let piped = try tool.run("digest", "-", input: WorkspaceCommandTests.twoBins)
      #expect(piped.standardOutput == "sha256:\(Self.sha256)\n", "\(piped.standardError)")
      let both = try tool.run("digest", "ws.json", "-a", "md5", "-a", "sha256", "--format", "json")
      #expect(
        try both.object as? [String: String] == [
          "sha256": Self.sha256, "md5": "e719c06a76d4eaed837a9f5bef4e0ed4",
        ])
    }
  }

  @Test func patchsets() throws {
    try withTool { tool in
      let summary = try tool.run("patchset", "inspect", "set.json", "--format", "json").object
      #expect(summary["labels"] as? [String] == ["m"])
      #expect(
        (summary["patches"] as? [[String: Any]])?.compactMap { $0["name"] as? String } == [
          "strong", "broken",
        ])
      #expect(try tool.run("patchset", "verify", "ws.json", "set.json").status == 0)
      let applied = try tool.run("patchset", "apply", "ws.json", "set.json", "--name", "strong")
      try Data(applied.standardOutput.utf8).write(
        to: tool.directory.appendingPathComponent("applied.json"))
      let extracted = try tool.run("patchset", "extract", "set.json", "--name", "strong")
      try Data(extracted.standardOutput.utf8).write(
        to: tool.directory.appendingPathComponent("patch.json"))
      let results = try [
        ["applied.json"], ["ws.json", "-p", "patch.json"], ["ws.json", "-p", "set.json:strong"],
      ].map { try tool.run(["cls"] + $0 + ["--format", "json"]).standardOutput }
      #expect(Set(results).count == 1 && results[0].contains("CLs_obs"))
      let unknown = try tool.run("cls", "ws.json", "-p", "set.json:stron")
      #expect(unknown.status == 64 && unknown.standardError.contains("did you mean 'strong'?"))
    }
  }

  @Test func patchsetOfAnotherBackground() throws {
    let other = Self.patchset(digest: String(repeating: "0", count: 64))
    try withTool(["set.json": other]) { tool in
      for arguments in [
        ["patchset", "verify", "ws.json", "set.json"],
        ["patchset", "apply", "ws.json", "set.json", "--name", "strong"],
        ["cls", "ws.json", "-p", "set.json:strong"], ["cls", "ws.json", "--patchset", "set.json"],
      ] {
        let output = try tool.run(arguments)
        #expect(output.status == 64 && output.standardOutput.isEmpty, "\(arguments)")
        #expect(output.standardError.contains(Self.sha256))
      }
    }
  }

  /// Each patch has its line, the one that can't be applied too, and the exit code tells.
  @Test func wholePatchset() throws {
    try withTool { tool in
      let output = try tool.run("cls", "ws.json", "--patchset", "set.json", "--format", "json")
      #expect(output.status == 1)
      let lines = try output.standardOutput.split(separator: "\n").map { line in
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
      }
      #expect(Set(lines.compactMap { $0["patch"] as? String }) == ["strong", "broken"])
      let one = try tool.run("cls", "ws.json", "-p", "set.json:strong", "--format", "json").object
      let strong = lines.first { $0["patch"] as? String == "strong" }
      #expect(strong?["CLs_obs"] as? Double == one["CLs_obs"] as? Double)
      #expect(strong?["CLs_exp"] as? [Double] == one["CLs_exp"] as? [Double])
      let broken = lines.first { $0["patch"] as? String == "broken" }
      #expect(broken?["failure"] is String && broken?["CLs_obs"] == nil)
    }
  }

  /// What was written as XML and ROOT is read back: the same CLs.
  @Test func throughXML() throws {
    try withTool { tool in
      let written = try tool.run("json2xml", "ws.json", "--output-dir", "xml")
      #expect(written.status == 0 && written.standardOutput == "xml/FitConfig.xml\n")
      let read = try tool.run(
        "xml2json", "xml/FitConfig.xml", "--basedir", "xml", "--output-file", "back.json")
      #expect(read.status == 0, "\(read.standardError)")
      let values = try ["ws.json", "back.json"].map {
        try tool.run("cls", $0, "--format", "json").object["CLs_obs"] as? Double
      }
      #expect(try abs(#require(values[0]) - #require(values[1])) < 1e-9)
      #expect(try tool.run("xml2json", "xml/FitConfig.xml", "--mount", "xml").status == 64)
      #expect(try tool.run("xml2json", "missing.xml").status == 64)
      #expect(try tool.run("json2xml", "ws.json", "--resultprefix", "../up").status == 64)
    }
  }
}
