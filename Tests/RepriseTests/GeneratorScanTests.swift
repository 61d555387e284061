// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The scan whose events Pythia 8 makes, point by point, unattended.
///
/// It needs Python with the packages of `workflows/squark-multijet/requirements.txt`, which nothing
/// of this project installs, and takes minutes: so it runs when REPRISE_SLOW_TESTS=1 is set, with
/// REPRISE_PYTHON naming the folder that holds such a `python3`. It is not run in CI, on purpose;
/// what it is made of is: `command` steps, generators and scans have tests of their own there.
@Suite struct GeneratorScanTests {
  private static let isWanted = ProcessInfo.processInfo.environment["REPRISE_SLOW_TESTS"] == "1"

  @Test(.enabled(if: isWanted, "slow: set REPRISE_SLOW_TESTS=1")) func pythia() throws {
    try TemporaryFolder.use { folder in
      var tool = CommandLineTool(in: folder)
      if let python = ProcessInfo.processInfo.environment["REPRISE_PYTHON"] {
        tool.environment["PATH"] = "\(python):/usr/bin:/bin"
      }
      #expect(try tool.run("register", Checkout.path("workflows/squark-multijet")).status == 0)
      let output = try tool.run(
        "scan", "start", Checkout.path("workflows/squark-multijet/scan-pythia.yaml"),
        "--format", "json")
      #expect(output.status == 0, "\(output.standardError)")
      let report = try output.object
      #expect(report["status"] as? String == "finished")
      #expect(report["finished"] as? Int == 12)
      let points = report["points"] as? [[String: Any]] ?? []
      #expect(
        Set(points.compactMap { $0["state"] as? String }).isSuperset(of: ["excluded", "allowed"]))
      let contour = try tool.run("contour", "squark-plane-pythia", "--format", "csv")
      #expect(contour.status == 0, "\(contour.standardError)")
      #expect(contour.standardOutput.contains("\nobs,"))
    }
  }
}
