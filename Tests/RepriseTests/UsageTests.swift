// SPDX-License-Identifier: Apache-2.0
import Testing

/// Bad usage: exit code 64, a sentence on standard error, nothing on standard output.
@Suite struct UsageTests {
  @Test(arguments: [
    ["colour"], ["cls"], ["cls", "a.json", "--mu", "two"], ["cls", "a.json", "--mu", "nan"],
    ["cls", "a.json", "--test-statistic", "t"], ["limit", "a.json", "--confidence-level", "1"],
    ["limit", "a.json", "--confidence-level", "0"], ["fit", "a.json", "--format", "xml"],
    ["results", "--sql", "SELECT 1", "--signal", "s"], ["status", "1", "--signal", "s"],
    ["status", "one"], ["reinterpret"], ["reinterpret", "hello"], ["list", "--colour"],
    ["fit", "nothing.json"], ["show", "hello"], ["register", "nothing"],
    ["import", "nothing.bundle"], ["results", "--quantity", "cls"],
  ])
  func isRefused(arguments: [String]) throws {
    try TemporaryFolder.use { folder in
      let output = try CommandLineTool(in: folder).run(arguments)
      #expect(output.status == 64, "\(arguments): \(output.standardError)")
      #expect(output.standardOutput.isEmpty)
      #expect(!output.standardError.isEmpty)
      #expect(try RegistryDump.files(of: CommandLineTool(in: folder)).isEmpty)
    }
  }
}
