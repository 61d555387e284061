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
    ["scan", "begin"], ["scan", "start"], ["scan", "start", "nothing.yaml"],
    ["scan", "status", "nothing"], ["scan", "list", "--colour"],
    ["scan", "show", "s", "--surrogates", "--format", "csv"],
    ["predict", "s"], ["predict", "s", "--at", "m"], ["predict", "s", "--at", "m=heavy"],
    ["predict", "s", "--at", "m=nan"], ["predict", "s", "--at", "m=1,m=2"],
    ["predict", "s", "--at", "m=1,"], ["figure", "s", "--slice", "m=1", "--profile", "m"],
    ["figure", "s", "--slice", "m=1", "--slice", "m=2"],
    ["figure", "s", "--axis", "m", "--profile", "m"],
    ["figure", "s", "--axis", "a", "--axis", "b", "--axis", "c"],
    ["contour", "s", "--format", "svg", "--output", "obs"], ["contour", "s", "--format", "png"],
    ["efficiency-map", "nothing"],
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
