// SPDX-License-Identifier: Apache-2.0
import Testing

/// The help of every command, byte for byte.
@Suite struct HelpTests {
  static let commands = [
    "register", "list", "show", "validate", "verify", "export", "import", "plan", "reinterpret",
    "results", "status", "logs", "scan", "contour", "figure", "predict", "efficiency-map",
    "inspect", "modifiers", "logpdf", "fit", "goodness-of-fit", "cls", "limit", "significance",
    "toys", "ranking", "scan-likelihood", "yields", "digest", "simplify",
  ]
  /// Those that make documents or have subcommands: their output has one form.
  static let documents = [
    "prune", "rename", "combine", "sort", "patchset", "xml2json", "json2xml", "events", "hs32json",
    "json2hs3",
  ]

  @Test func root() throws {
    try TemporaryFolder.use { folder in
      let output = try CommandLineTool(in: folder).run("--help")
      #expect(output.status == 0)
      #expect(output.standardError.isEmpty)
      try GoldenFile.compare(output.standardOutput, "help.txt")
      for command in Self.commands + Self.documents {
        #expect(output.standardOutput.contains("\n  \(command) "))
      }
    }
  }

  @Test(arguments: commands + documents) func command(name: String) throws {
    try TemporaryFolder.use { folder in
      let tool = CommandLineTool(in: folder)
      let output = try tool.run(name, "--help")
      #expect(output.status == 0)
      try GoldenFile.compare(output.standardOutput, "help-\(name).txt")
      // A group has no options; the others print one thing only.
      let hasOneForm = (Self.documents + ["scan", "figure", "efficiency-map"]).contains(name)
      #expect(output.standardOutput.contains("--format") == !hasOneForm)
    }
  }

  @Test(arguments: ["start", "status", "resume", "stop", "retry", "list", "show"])
  func scanCommand(name: String) throws {
    try TemporaryFolder.use { folder in
      let output = try CommandLineTool(in: folder).run("scan", name, "--help")
      #expect(output.status == 0)
      try GoldenFile.compare(output.standardOutput, "help-scan-\(name).txt")
      #expect(output.standardOutput.contains("--format"))
    }
  }

  @Test func noCommandShowsHelp() throws {
    try TemporaryFolder.use { folder in
      let output = try CommandLineTool(in: folder).run()
      #expect(output.status == 0)
      #expect(output.standardOutput.contains("USAGE: reprise <subcommand>"))
    }
  }

  @Test func version() throws {
    try TemporaryFolder.use { folder in
      let output = try CommandLineTool(in: folder).run("--version")
      #expect(output.status == 0)
      #expect(output.standardOutput.split(separator: ".").count == 3)
    }
  }
}
