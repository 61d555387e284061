// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Scans that are wrong are refused with a sentence and exit code 64, and nothing is changed.
@Suite struct ScanInputTests {
  @Test(arguments: [
    ("scan.yaml", "seed: \\d+", "sead: 1", "did you mean 'seed'?"),
    ("scan.yaml", "analysis: squark-multijet", "analysis: squark-multijets", "squark-multijets"),
    ("scan.yaml", "signal: scan-signal.yaml", "signal: nothing.yaml", "nothing.yaml"),
    ("scan.yaml", "signal: scan-signal.yaml", "signal: ../../etc/passwd", "passwd"),
    ("scan.yaml", "\\[800, 2200\\]", "[2200, 800]", "scan.yaml:"),
    ("scan.yaml", "\\[800, 2200\\]", "[800, .nan]", "scan.yaml:"),
    ("scan.yaml", "m_lsp_gev \\+", "m_lps_gev +", "m_lps_gev"),
    ("scan.yaml", "m_lsp_gev \\+ 400 <= m_sq_gev", "m_lsp_gev > 5000", "constraint"),
    ("scan.yaml", "\\z", "outputs: [{name: a, value: limit.mass}]\n", "mass"),
    ("scan.yaml", "\\z", "outputs: [{name: a, value: limmit.upper_limit}]\n", "limmit"),
    ("scan.yaml", "\\z", "warm_start: {scan: nothing}\n", "nothing"),
    ("scan.yaml", "(?s)^.*\\z", "scan: [", "scan.yaml"),
    ("scan.yaml", "(?s)^.*\\z", "", "scan.yaml"),
    ("scan-signal.yaml", "efficiencies.csv", "efficiency.csv", "did you mean 'efficiencies.csv'?"),
    ("scan-signal.yaml", "select.yields", "select.yield", "did you mean"),
    ("scan-signal.yaml", "k_factor: 1.5", "k_factor: -1", "k_factor"),
    ("efficiencies.csv", "0.031,", "1.031,", "efficiencies.csv:"),
    ("efficiencies.csv", "SR_2_1000_10,,", "SR_2_1000_11,,", "efficiencies.csv:"),
    ("efficiencies.csv", "(?m)^400.0,800.0,SR_2_1000_10,,.*\n", "", "SR_2_1000_10"),
    ("cross-sections.csv", "0.1515", "0", "cross-sections.csv:"),
    ("cross-sections.csv", "0.1515", "nan", "cross-sections.csv:"),
  ])
  func isRefused(file: String, old: String, new: String, words: String) throws {
    try TemporaryFolder.use { folder in
      let scan = try ScanFolder(in: folder)
      let before = try RegistryDump(scan.tool)
      try scan.replace(old, with: new, in: file)
      let output = try scan.start()
      #expect(output.status == 64, "\(output.standardError)")
      #expect(output.standardOutput.isEmpty)
      #expect(output.standardError.contains(words), "\(output.standardError)")
      #expect(try RegistryDump(scan.tool) == before)
    }
  }

  /// Another scan of the same name is refused; the first one stays what it was.
  @Test func nameIsTaken() throws {
    try TemporaryFolder.use { folder in
      let scan = try ScanFolder(in: folder, evaluations: 7)
      #expect(try scan.start().status == 0)
      let before = try RegistryDump(scan.tool)
      try scan.replace("seed: \\d+", with: "seed: 7")
      let output = try scan.start()
      #expect(output.status == 64, "\(output.standardError)")
      #expect(output.standardError.contains(ScanFolder.name))
      #expect(try RegistryDump(scan.tool) == before)
    }
  }

  @Test(arguments: [
    ["scan", "status", "nothing"], ["scan", "resume", "nothing"], ["scan", "stop", "nothing"],
    ["scan", "retry", "nothing"], ["scan", "show", "nothing"], ["contour", "nothing"],
    ["figure", "nothing"], ["predict", "nothing", "--at", "a=1"],
    ["contour", "squark-plane", "--output", "nothing"],
    ["predict", "squark-plane", "--at", "m_sq_gev=1500"],
    ["predict", "squark-plane", "--at", "m_sq_gev=1500,m_lsp_gev=300,m=1"],
    ["figure", "squark-plane", "--slice", "mass=1"], ["figure", "squark-plane", "--axis", "mass"],
    ["figure", "squark-plane", "--profile", "mass"],
    ["figure", "squark-plane", "--output", "/nothing/there.svg"],
    ["efficiency-map", "nothing"], ["efficiency-map", "squark-multijet", "--step", "nothing"],
  ])
  func whatIsNotThere(arguments: [String]) throws {
    try TemporaryFolder.use { folder in
      let scan = try ScanFolder(in: folder, evaluations: 7)
      #expect(try scan.start().status == 0)
      let before = try RegistryDump(scan.tool)
      let output = try scan.tool.run(arguments)
      #expect(output.status == 64, "\(arguments): \(output.standardError)")
      #expect(output.standardOutput.isEmpty)
      #expect(!output.standardError.isEmpty)
      #expect(try RegistryDump(scan.tool) == before)
    }
  }
}
