// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Bad input of every kind is refused with a sentence and exit code 64, and nothing is changed:
/// every row and every file of the registry is what it was.
@Suite struct BadInputTests {
  /// A copy of the hello analysis, with one thing changed.
  private func refused(
    _ change: String, _ edit: (URL) throws -> Void, saying words: [String]
  ) throws {
    try TemporaryFolder.use { folder in
      let tool = CommandLineTool(in: folder)
      #expect(try tool.run("register", Checkout.path("workflows/hello")).status == 0)
      let before = try RegistryDump(tool)
      let copy = folder.appendingPathComponent("copy")
      try FileManager.default.copyItem(
        at: Checkout.root.appendingPathComponent("workflows/hello"), to: copy)
      try edit(copy)
      for command in ["validate", "register"] {
        let output = try tool.run(command, copy.path)
        #expect(output.status == 64, "\(change), \(command): \(output.standardError)")
        #expect(output.standardOutput.isEmpty)
        for word in words {
          #expect(output.standardError.contains(word), "\(change): \(output.standardError)")
        }
      }
      #expect(try RegistryDump(tool) == before, "\(change)")
    }
  }

  private func replacing(_ old: String, _ new: String, in file: String = "analysis.yaml") -> (URL)
    throws -> Void
  {
    { folder in
      let url = folder.appendingPathComponent(file)
      let text = try String(contentsOf: url, encoding: .utf8)
      #expect(text.contains(old))
      try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: url)
    }
  }

  @Test func unknownKey() throws {
    try refused(
      "unknown key", replacing("luminosity_ifb", "luminositi_ifb"),
      saying: ["analysis.yaml:5:1", "luminositi_ifb", "did you mean 'luminosity_ifb'?"])
  }

  @Test func wrongType() throws {
    try refused(
      "wrong type", replacing("luminosity_ifb: 139", "luminosity_ifb: much"),
      saying: ["analysis.yaml:5:17", "luminosity_ifb", "much"])
  }

  @Test func cycle() throws {
    try refused(
      "cycle",
      replacing("background: file.data/background.json", "background: model.workspace"),
      saying: ["model → model"])
  }

  @Test func missingFile() throws {
    try refused(
      "missing file", replacing("data/background.json", "data/backgrund.json"),
      saying: ["analysis.yaml:12:26", "did you mean 'data/background.json'?"])
  }

  @Test func pathThatLeavesTheFolder() throws {
    try refused(
      "../ path", replacing("file.data/background.json", "file.../secret.json"),
      saying: ["leaves the folder"])
  }

  @Test func aliasBomb() throws {
    let bomb = "\nbomb: [&a [x, x], &b [*a, *a], &c [*b, *b], &d [*c, *c], *d]\n"
    try refused(
      "alias bomb",
      { folder in
        let file = folder.appendingPathComponent("analysis.yaml")
        try (Data(contentsOf: file) + Data(bomb.utf8)).write(to: file)
      }, saying: ["analysis.yaml:"])
  }

  @Test(arguments: [
    ("truncated", "\"version\"", "\"vers"), ("NaN", "[50.0", "[NaN"), ("negative", "[5.0", "[-5.0"),
    ("unknown modifier", "\"shapesys\"", "\"shapesis\""), ("bins", "[50.0", "[1.0, 50.0"),
  ])
  func workspace(change: String, old: String, new: String) throws {
    try refused(
      change,
      { folder in
        let file = folder.appendingPathComponent("data/background.json")
        // The same model whatever the committed file's spelling is.
        var text = Self.background.replacingOccurrences(of: old, with: new)
        if change == "truncated" { text = String(text.prefix(text.count / 2)) }
        #expect(text != Self.background)
        try Data(text.utf8).write(to: file)
      }, saying: ["background.json"])
  }

  private static let background = """
    {"channels": [{"name": "SR", "samples": [{"name": "background", "data": [50.0, 52.0],
      "modifiers": [{"name": "uncorr", "type": "shapesys", "data": [5.0, 7.0]}]}]}],
     "observations": [{"name": "SR", "data": [51.0, 48.0]}],
     "measurements": [{"name": "m", "config": {"poi": "mu", "parameters": []}}],
     "version": "1.0.0"}
    """

  /// Signals that are wrong are refused before anything is executed.
  @Test(arguments: [
    ("schema: 1\nsignal: s\n", "yields"),
    ("schema: 1\nsignal: s\nyields: {SR: [1.0]}\n", "has 1 number"),
    ("schema: 1\nsignal: s\nyields: {SR: [1.0, 2.0], CR: [1.0]}\n", "CR"),
    ("schema: 1\nsignal: s\nyields: {SR: [1.0, .nan]}\n", "signal.yaml:3:"),
    ("schema: 2\nsignal: s\nyields: {SR: [1.0, 2.0]}\n", "schema"),
    ("schema: 1\nsignal: s\nyields: {SR: [1.0, 2.0]}\ncross_section_pb: -1\n", "signal.yaml:4:"),
    ("schema: 1\nsignal: [", "signal.yaml:"), ("", "signal.yaml"),
  ])
  func signal(yaml: String, words: String) throws {
    try TemporaryFolder.use { folder in
      let tool = CommandLineTool(in: folder)
      #expect(try tool.run("register", Checkout.path("workflows/hello")).status == 0)
      let before = try RegistryDump(tool)
      try Data(yaml.utf8).write(to: folder.appendingPathComponent("signal.yaml"))
      for command in [
        ["plan", "hello"], ["reinterpret", "hello"], ["validate", "--analysis", "hello"],
      ] {
        let output = try tool.run(command + ["signal.yaml"])
        #expect(output.status == 64, "\(command): \(output.standardError)")
        #expect(output.standardError.contains(words), "\(output.standardError)")
        #expect(output.standardOutput.isEmpty)
      }
      #expect(try RegistryDump(tool) == before)
    }
  }
}
