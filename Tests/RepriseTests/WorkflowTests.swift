// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Each folder of `workflows/` is a test: it registers, and it still gives the numbers it promises.
@Suite struct WorkflowTests {
  @Test func thereAreWorkflows() {
    #expect(Checkout.workflows.contains("hello"))
  }

  @Test(arguments: Checkout.workflows) func registersAndVerifies(name: String) throws {
    try TemporaryFolder.use { folder in
      let tool = CommandLineTool(in: folder)
      let valid = try tool.run("validate", Checkout.path("workflows/\(name)"))
      #expect(valid.status == 0, "\(valid.standardError)")
      let registered = try tool.run(
        "register", Checkout.path("workflows/\(name)"), "--format", "json")
      #expect(registered.status == 0, "\(registered.standardError)")
      #expect(try registered.object["analysis"] as? String == name)

      let verified = try tool.run("verify", name)
      #expect(verified.status == 0, "\(verified.standardOutput)\(verified.standardError)")
      #expect(verified.standardOutput.contains("VERIFIED"))
      #expect(!verified.standardOutput.contains("FAIL"))
    }
  }

  @Test(arguments: Checkout.workflows) func hasWhatAReaderNeeds(name: String) throws {
    for part in ["README.md", "analysis.yaml", "signals", "expected"] {
      let path = Checkout.path("workflows/\(name)/\(part)")
      #expect(FileManager.default.fileExists(atPath: path), "workflows/\(name)/\(part)")
    }
  }
}
