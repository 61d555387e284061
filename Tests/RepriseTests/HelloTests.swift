// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The life of a preserved analysis through every command, on the smallest of the workflows.
@Suite struct HelloTests {
  private func withHello<Value>(_ work: (CommandLineTool) throws -> Value) throws -> Value {
    try TemporaryFolder.use { folder in
      let tool = CommandLineTool(in: folder)
      let output = try tool.run("register", Checkout.path("workflows/hello"))
      #expect(output.status == 0, "\(output.standardError)")
      return try work(tool)
    }
  }

  private let nominal = Checkout.path("workflows/hello/signals/nominal.yaml")
  private let weak = Checkout.path("workflows/hello/signals/weak.yaml")

  @Test func registerListShow() throws {
    try withHello { tool in
      let again = try tool.run(
        "register", Checkout.path("workflows/hello/analysis.yaml"), "--format", "json")
      #expect(try again.object["is_new"] as? Bool == false)
      let list = try tool.run("list", "--format", "json").objects
      #expect(list.map { $0["analysis"] as? String } == ["hello"])
      #expect(list.map { $0["version"] as? Int } == [1])
      let show = try tool.run("show", "hello@1", "--format", "json").object
      #expect((show["steps"] as? [[String: Any]])?.count == 4)
      #expect((show["files"] as? [[String: Any]])?.isEmpty == false)
      #expect(try tool.run("show", "hello").standardOutput.contains("A signal brings:"))
    }
  }

  @Test func planReinterpretPlan() throws {
    try withHello { tool in
      let before = try tool.run("plan", "hello", nominal, "--format", "json").object
      #expect(states(before) == ["run", "run", "run", "run"])
      let output = try tool.run("reinterpret", "hello", nominal, "--format", "json")
      #expect(output.status == 0, "\(output.standardError)")
      #expect(output.standardError.isEmpty)  // progress is for terminals
      let report = try #require(try output.objects.first)
      #expect(report["status"] as? String == "succeeded")
      let verdict = try #require(report["verdict"] as? [String: Any])
      #expect(verdict["conclusion"] as? String == "allowed")  // CLs = 0.0525
      let after = try tool.run("plan", "hello", nominal, "--format", "json").object
      #expect(states(after) == ["cached", "cached", "cached", "cached"])
    }
  }

  private func states(_ plan: [String: Any]) -> [String] {
    (plan["steps"] as? [[String: Any]] ?? []).compactMap { $0["state"] as? String }
  }

  @Test func reportForPeople() throws {
    try withHello { tool in
      let output = try tool.run("reinterpret", "hello", nominal)
      try GoldenFile.compare(
        VolatileText.replaced(output.standardOutput), "reinterpret-hello.txt")
      let verified = try tool.run("verify", "hello")
      #expect(verified.status == 0, "\(verified.standardOutput)")
      #expect(verified.standardOutput.contains("hello@1: VERIFIED, 24 of 24 results"))
      let brief = try tool.run("verify", "hello", "--brief")
      #expect(
        brief.standardOutput == "hello@1: VERIFIED, 24 of 24 results within tolerance, 2 signals\n")
    }
  }

  @Test func severalSignalsAndResults() throws {
    try withHello { tool in
      let output = try tool.run("reinterpret", "hello", nominal, weak, "--format", "json")
      #expect(try output.objects.compactMap { $0["signal"] as? String } == ["nominal", "weak"])

      let brief = try tool.run("reinterpret", "hello", "--brief", nominal, weak).standardOutput
      try GoldenFile.compare(VolatileText.replaced(brief), "brief-hello.txt")

      let rows = try tool.run("results", "--quantity", "cls", "--format", "json").objects
      #expect(rows.compactMap { $0["signal"] as? String } == ["nominal", "weak"])
      let one = try tool.run(
        "results", "--signal", "weak", "--where", "value > 0.1 and quantity = 'cls'", "--format",
        "json")
      #expect(try one.objects.count == 1, "\(one.standardError)")

      let csv = try tool.run("results", "--quantity", "upper_limit", "--format", "csv")
      let lines = csv.standardOutput.split(whereSeparator: \.isNewline)
      #expect(lines.count == 3)
      #expect(lines[0].hasPrefix("analysis,version,run,signal,"))

      let sql = try tool.run(
        "results", "--sql", "SELECT count(*) AS n FROM run", "--format", "json")
      #expect(try sql.objects.first?["n"] as? Int == 2)
      #expect(try tool.run("results", "--quantity", "cls").standardOutput.contains("hello@1"))
    }
  }

  @Test(arguments: [
    "DELETE FROM run", "SELECT 1; DELETE FROM run", "PRAGMA writable_schema = 1",
    "ATTACH 'other.sqlite' AS other", "SELECT * FROM nothing", "",
  ])
  func sqlThatIsNoQuestion(sql: String) throws {
    try withHello { tool in
      let before = try RegistryDump(tool)
      let output = try tool.run("results", "--sql", sql)
      #expect(output.status == 64, "\(output.standardError)")
      #expect(output.standardOutput.isEmpty)
      #expect(try RegistryDump(tool) == before)
    }
  }

  /// What JSON can't say is refused, not left out; CSV says it.
  @Test(arguments: [
    ("SELECT 1 AS a, 2 AS a", "a,a\r\n1,2", "two columns are called 'a'"),
    ("SELECT 9e999 AS a", "a\r\ninf", "column 'a' holds inf"),
  ])
  func sqlThatJSONCannotSay(sql: String, text: String, refusal: String) throws {
    try withHello { tool in
      let json = try tool.run("results", "--sql", sql, "--format", "json")
      #expect(json.status == 64)
      #expect(json.standardOutput.isEmpty)
      #expect(json.standardError.hasPrefix(refusal))
      let csv = try tool.run("results", "--sql", sql, "--format", "csv")
      #expect(csv.standardOutput == text + "\n")
    }
  }

  /// `/dev/full` refuses every byte, as a full disk does.
  @Test func outputThatCannotBeWritten() throws {
    try withHello { tool in
      let process = Process()
      process.executableURL = CommandLineTool.binary
      process.arguments = ["list"]
      process.environment = tool.environment
      process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: "/dev/full"))
      let complaint = Pipe()
      process.standardError = complaint
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 1)
      let text = String(
        decoding: complaint.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      #expect(text.contains("Standard output can't be written: No space left on device"))
    }
  }

  @Test func statusAndLogs() throws {
    try withHello { tool in
      _ = try tool.run("reinterpret", "hello", nominal)
      let runs = try tool.run("status", "--format", "json").objects
      #expect(runs.map { $0["status"] as? String } == ["succeeded"])
      let number = try #require(runs.first?["run"] as? Int)
      let steps = try tool.run("status", "\(number)", "--format", "json").object["steps"]
      #expect((steps as? [[String: Any]])?.count == 4)
      #expect(try tool.run("logs", "\(number)").status == 0)
      let wrong = try tool.run("logs", "\(number)", "--step", "tset")
      #expect(wrong.status == 64)
      #expect(wrong.standardError.contains("did you mean 'test'?"))
      #expect(try tool.run("status", "999").status == 64)
    }
  }

  @Test func exportAndImport() throws {
    try withHello { tool in
      _ = try tool.run("reinterpret", "hello", nominal)
      let exported = try tool.run("export", "hello", "hello.reprise", "--format", "json")
      #expect(exported.status == 0, "\(exported.standardError)")
      #expect(try tool.run("export", "hello", "hello.reprise").status == 64)

      var other = tool
      other.environment["REPRISE_REGISTRY"] = tool.directory.path + "/other"
      let imported = try other.run("import", "hello.reprise", "--format", "json")
      #expect(imported.status == 0, "\(imported.standardError)")
      #expect(
        try imported.object["fingerprint"] as? String == exported.object["fingerprint"] as? String)
      #expect(try other.run("verify", "hello").status == 0)
    }
  }

  @Test func damagedBundleChangesNothing() throws {
    try withHello { tool in
      _ = try tool.run("export", "hello", "hello.reprise")
      let file = tool.directory.appendingPathComponent("hello.reprise")
      var bytes = try Data(contentsOf: file)
      var random = SplitMix(seed: 5)
      for _ in 0..<200 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] ^= 0x55
      }
      try bytes.write(to: file)
      var other = tool
      other.environment["REPRISE_REGISTRY"] = tool.directory.path + "/other"
      let output = try other.run("import", "hello.reprise")
      #expect(output.status == 64 || output.status == 1, "\(output.standardError)")
      #expect(try other.run("list", "--format", "json").standardOutput.contains("hello") == false)
    }
  }
}
