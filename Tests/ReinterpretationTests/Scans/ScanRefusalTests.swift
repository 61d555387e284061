// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation
import Testing

@Suite("Scans that are refused")
struct ScanRefusalTests {
  /// What is wrong with a scan of the plane, with changed files; nothing may be left behind.
  private func sentence(
    scan: String? = nil, more: String = "", files: [String: String] = [:]
  ) async throws -> String {
    try await TemporaryFolder.use { folder in
      let plane = try TestPlane(in: folder)
      let reinterpreter = try plane.reinterpreter()
      let path = try plane.scan(more: more)
      if let scan { try plane.write("plane-scan.yaml", scan) }
      for (name, text) in files { try plane.write(name, text) }
      let before = try Self.objects(plane.registry)
      do {
        _ = try await reinterpreter.startScan(path)
        return "(it was started)"
      } catch let error as Failure {
        #expect(error.kind == .refused)
        #expect(try reinterpreter.scans().isEmpty)
        #expect(try Self.objects(plane.registry) == before)
        return error.description
      }
    }
  }

  private static func objects(_ registry: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(
      atPath: registry.appendingPathComponent("objects").path
    ).sorted()
  }

  @Test("everything wrong with the file is told at once, with its place")
  func allAtOnce() async throws {
    let text = try await sentence(
      scan: """
        schema: 1
        scan: Plane Scan
        analysis: plain
        signal: nothing.yaml
        parameters: {m_gev: {range: [2000, 500]}}
        constraints: ["l_gev < m_gev"]
        strategie: active
        """)
    for part in ["plane-scan.yaml:2", "plane-scan.yaml:3", "nothing.yaml", "strategie"] {
      #expect(text.contains(part), "\(part) in \(text)")
    }
  }

  @Test(
    "outputs must be results of the analysis",
    arguments: [
      ("{name: a, value: limits.upper_limit}", "no step 'limits'"),
      ("{name: a, value: limit.upper}", "'upper' is not a quantity"),
      ("{name: a, value: limit.p0, level: 1}", "a step of kind 'upper-limit' gives no p0"),
      ("{name: a, value: limit.mu_hat}", "'level' is missing"),
    ])
  func outputs(_ output: String, expected: String) async throws {
    let text = try await sentence(more: "outputs: [\(output)]")
    #expect(text.contains(expected), "\(text)")
  }

  @Test("constraints are expressions over the parameters")
  func constraints() async throws {
    let scan = """
      schema: 1
      scan: plane-scan
      analysis: plane
      signal: signal.yaml
      parameters: {m_gev: {range: [500, 2000]}, l_gev: {range: [0, 1000]}}
      constraints: ["k_gev < m_gev", "l_gev +", "l_gev + 1"]
      """
    let text = try await sentence(scan: scan)
    #expect(text.contains("k_gev"))
    #expect(text.split(separator: "\n").count >= 3, "\(text)")
  }

  @Test("constraints that allow nothing are told before anything is done")
  func nothingAllowed() async throws {
    let scan = """
      schema: 1
      scan: plane-scan
      analysis: plane
      signal: signal.yaml
      parameters: {m_gev: {range: [500, 2000]}, l_gev: {range: [0, 1000]}}
      constraints: ["l_gev > m_gev + 600"]
      """
    #expect(try await sentence(scan: scan).contains("loosen them"))
  }

  @Test("the efficiency map must have the analysis' regions and depend on the parameters")
  func maps() async throws {
    let other = TestPlane.map.replacingOccurrences(of: ",SR,", with: ",SR2,")
    let region = try await sentence(files: ["efficiencies.csv": other])
    #expect(region.contains("has region 'SR2'") && region.contains("lacks region 'SR'"))
    let few = TestPlane.map.split(separator: "\n").prefix(3).joined(separator: "\n") + "\n"
    #expect(try await sentence(files: ["efficiencies.csv": few]).contains("at least 3"))
    let line =
      TestPlane.map.split(separator: "\n").prefix(1).joined() + "\n"
      + TestPlane.map.split(separator: "\n").filter { $0.contains(",0.0,SR") }
      .joined(separator: "\n") + "\n"
    #expect(try await sentence(files: ["efficiencies.csv": line]).contains("'l_gev' = 0.0"))
    let empty = TestPlane.map.split(separator: "\n").enumerated().map { number, row in
      let cells = row.split(separator: ",", omittingEmptySubsequences: false)
      return number == 0 ? String(row) : (cells.prefix(4) + ["0", "0", "0"]).joined(separator: ",")
    }.joined(separator: "\n")
    #expect(
      try await sentence(files: ["efficiencies.csv": empty]).contains("selects no event at any"))
  }

  @Test("rubbish is refused", arguments: ["", "\u{0}\u{1}", "- a\n- b", "schema: 2", "a: &a [*a]"])
  func rubbish(_ text: String) async throws {
    #expect(try await sentence(scan: text) != "(it was started)")
    #expect(try await sentence(files: ["signal.yaml": text]) != "(it was started)")
    #expect(try await sentence(files: ["efficiencies.csv": text]) != "(it was started)")
    #expect(try await sentence(files: ["cross-sections.csv": text]) != "(it was started)")
  }

  @Test("another scan of the same name is refused, the same one goes on")
  func names() async throws {
    try await TemporaryFolder.use { folder in
      let plane = try TestPlane(in: folder)
      let reinterpreter = try plane.reinterpreter()
      let first = try await reinterpreter.startScan(plane.scan(stop: "{evaluations: 7}"))
      let again = try await reinterpreter.startScan(plane.scan(stop: "{evaluations: 7}"))
      #expect(again.points == first.points)
      await #expect {
        _ = try await reinterpreter.startScan(plane.scan(stop: "{evaluations: 8}"))
      } throws: { error in
        (error as? Failure)?.description.contains("give this one another name") == true
      }
      #expect(try reinterpreter.scan("plane-scan").points == first.points)
    }
  }
}
