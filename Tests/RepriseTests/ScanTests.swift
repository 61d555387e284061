// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The shipped scan of the squark plane, through the binary.
@Suite struct ScanTests {
  /// What the ten simulated signals themselves say (`expected/*.yaml`, made by an independent
  /// chain): the observed limit on μ is below 1 where the point is excluded. Points within 15 % of
  /// the contour are left out: the map is good to about that.
  private static let simulated: [(point: String, isExcluded: Bool)] = [
    ("m_sq_gev=800,m_lsp_gev=400", true), ("m_sq_gev=1000,m_lsp_gev=200", true),
    ("m_sq_gev=1000,m_lsp_gev=600", true), ("m_sq_gev=1000,m_lsp_gev=800", false),
    ("m_sq_gev=1200,m_lsp_gev=400", true), ("m_sq_gev=1400,m_lsp_gev=0", true),
    ("m_sq_gev=1400,m_lsp_gev=800", false), ("m_sq_gev=1800,m_lsp_gev=800", false),
    ("m_sq_gev=2200,m_lsp_gev=0", false),
  ]

  @Test func squarkPlane() throws {
    try TemporaryFolder.use { folder in
      let scan = try ScanFolder(in: folder, evaluations: 40)
      let started = try scan.start("--format", "json")
      #expect(started.status == 0, "\(started.standardError)")
      let report = try started.object
      #expect(report["status"] as? String == "finished")
      #expect(report["failed"] as? Int == 0)
      try checkPrediction(scan)
      try checkReach(scan)
      try checkExports(scan, report)
      try checkTables(scan)
      try checkAgain(scan)
    }
  }

  private func checkPrediction(_ scan: ScanFolder) throws {
    for (point, isExcluded) in Self.simulated {
      let prediction = try scan.tool.run(
        "predict", ScanFolder.name, "--at", point, "--format", "json")
      #expect(prediction.status == 0, "\(prediction.standardError)")
      let outputs = try prediction.object["outputs"] as? [[String: Any]] ?? []
      let observed = outputs.first { $0["name"] as? String == "obs" }
      let probability = observed?["excluded"] as? Double ?? .nan
      #expect(isExcluded ? probability > 0.95 : probability < 0.05, "\(point): \(probability)")
    }
  }

  /// ATLAS excludes eight degenerate squarks up to 1.85 TeV for a massless neutralino
  /// (arXiv:2010.14293, abstract, all its regions combined); these regions and cross sections at
  /// leading order times 1.5 reach within 10 % of that.
  private func checkReach(_ scan: ScanFolder) throws {
    let contour = try scan.tool.run(
      "contour", ScanFolder.name, "--output", "obs", "--format", "json")
    #expect(contour.status == 0, "\(contour.standardError)")
    let curves = try contour.object["contours"] as? [[String: Any]] ?? []
    let central = curves.first { $0["theory"] == nil }
    let lines = central?["lines"] as? [[String: Any]] ?? []
    let points = lines.flatMap { $0["points"] as? [[Double]] ?? [] }
    let reach = points.filter { $0[1] < 50 }.map { $0[0] }.max() ?? .nan
    #expect(abs(reach - 1850) < 185, "\(reach)")
    let highest = points.map { $0[1] }.max() ?? .nan
    #expect(highest > 500 && highest <= 800, "\(highest)")
    // A higher cross section excludes more.
    #expect(Set(curves.compactMap { $0["theory"] as? Int }) == [-1, 1])
  }

  private func checkExports(_ scan: ScanFolder, _ report: [String: Any]) throws {
    let tool = scan.tool
    let points = report["points"] as? [[String: Any]] ?? []
    let csv = try tool.run("scan", "show", ScanFolder.name, "--format", "csv").standardOutput
    let rows = csv.split(whereSeparator: \.isNewline)
    #expect(rows.count == points.count + 1)
    #expect(rows.first?.hasPrefix("number,round,m_sq_gev,m_lsp_gev,state,obs,") == true)
    for arguments in [
      ["scan", "show", ScanFolder.name, "--format", "yaml"],
      ["contour", ScanFolder.name, "--format", "yaml"],
    ] {
      let table = try tool.run(arguments).standardOutput
      #expect(table.hasPrefix("independent_variables:\n"))
      #expect(table.contains("\ndependent_variables:\n"))
    }
    let surrogates = try tool.run("scan", "show", ScanFolder.name, "--surrogates").object
    #expect((surrogates["outputs"] as? [Any])?.count == 4)
    try checkSurrogateFile(scan)
    let figure = try tool.run(
      "figure", ScanFolder.name, "--output", scan.path("plane.svg"))
    #expect(figure.status == 0, "\(figure.standardError)")
    let svg = try String(contentsOfFile: scan.path("plane.svg"), encoding: .utf8)
    #expect(svg.contains("<svg") && svg.hasSuffix("</svg>\n"))
    #expect(try tool.run("figure", ScanFolder.name).standardOutput == svg)
    #expect(try tool.run("contour", ScanFolder.name, "--format", "svg").standardOutput == svg)
  }

  /// The printed surrogates say the same, with no registry at hand; others are refused.
  private func checkSurrogateFile(_ scan: ScanFolder) throws {
    let text = try scan.tool.run("scan", "show", ScanFolder.name, "--surrogates").standardOutput
    let file = scan.path("surrogates.json")
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    var elsewhere = scan.tool
    elsewhere.environment["REPRISE_REGISTRY"] = scan.path("nothing")
    let point = ["--at", "m_sq_gev=1500,m_lsp_gev=300", "--format", "json"]
    let read = try elsewhere.run(["predict", file] + point)
    #expect(read.status == 0, "\(read.standardError)")
    #expect(
      read.standardOutput
        == (try scan.tool.run(["predict", ScanFolder.name] + point)).standardOutput)
    for (old, new) in [
      ("\"log10\"", "\"log11\""), ("\"lower\" : 800", "\"lower\" : 8000"),
      ("m_lsp_gev + 400", "m_lps_gev + 400"), ("\"inflation\" : 1", "\"inflation\" : 0"),
      ("\"seed\"", "\"sead\""), ("{", "["),
    ] {
      let changed = text.replacing(old, with: new)
      #expect(changed != text, "\(old)")
      try Data(changed.utf8).write(to: URL(fileURLWithPath: file))
      let refused = try elsewhere.run(["predict", file] + point)
      #expect(refused.status == 64, "\(new): \(refused.standardError)")
      #expect(refused.standardOutput.isEmpty)
    }
  }

  private func checkTables(_ scan: ScanFolder) throws {
    let tool = scan.tool
    for (arguments, words) in [
      (["scan", "list"], ["SCAN", "squark-plane", "finished"]),
      (["scan", "status", ScanFolder.name], ["ROUND", "UNSURE", "excluded"]),
      (
        ["scan", "show", ScanFolder.name], ["PARAMETER", "m_lsp_gev", "OUTPUT", "REGION", "STATE"]
      ),
      (["contour", ScanFolder.name], ["CONTOUR", "obs, σ +1 theory", "exp-1"]),
      (["predict", ScanFolder.name, "--at", "m_sq_gev=1500,m_lsp_gev=300"], ["OUTPUT", "obs"]),
      (["results", "--quantity", "upper_limit", "--where", "m_sq_gev > 1500"], ["upper_limit"]),
    ] {
      let output = try tool.run(arguments)
      #expect(output.status == 0, "\(arguments): \(output.standardError)")
      for word in words { #expect(output.standardOutput.contains(word), "\(arguments): \(word)") }
    }
  }

  /// The same command again finds the scan done.
  private func checkAgain(_ scan: ScanFolder) throws {
    let before = try scan.log()
    #expect(try scan.start().status == 0)
    #expect(try scan.log() == before)
  }

  /// At the ten signals the shipped map has what `efficiency-map` prints after they were run; its
  /// other points were made by the scan `scan-map.yaml`, whose generator is not run here.
  @Test func efficiencyMapIsWhatTheCommandPrints() throws {
    try TemporaryFolder.use { folder in
      let tool = CommandLineTool(in: folder)
      #expect(try tool.run("register", Checkout.path("workflows/squark-multijet")).status == 0)
      let signals = try FileManager.default.contentsOfDirectory(
        atPath: Checkout.path("workflows/squark-multijet/signals")
      ).filter { $0.hasSuffix(".yaml") }.map {
        Checkout.path("workflows/squark-multijet/signals/\($0)")
      }
      #expect(signals.count == 10)
      #expect(try tool.run(["reinterpret", "squark-multijet", "--brief"] + signals).status == 0)
      let printed = try tool.run("efficiency-map", "squark-multijet")
      #expect(printed.status == 0, "\(printed.standardError)")
      let shipped = try String(
        contentsOfFile: Checkout.path("workflows/squark-multijet/efficiencies.csv"), encoding: .utf8
      )
      let (new, old) = (try rows(printed.standardOutput), try rows(shipped))
      #expect(new.count == 720)
      for (key, values) in new {
        for (value, other) in zip(values, old[key] ?? [.nan, .nan, .nan]) {
          #expect(abs(value - other) <= 1e-9 * abs(value), "\(key): \(value) and \(other)")
        }
      }
    }
  }

  /// Numbers by point, region and variation.
  private func rows(_ csv: String) throws -> [String: [Double]] {
    var lines = csv.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = lines.removeFirst()
    let keys = ["m_sq_gev", "m_lsp_gev", "region", "variation"].compactMap(header.firstIndex)
    let values = ["entries", "efficiency", "uncertainty"].compactMap(header.firstIndex)
    #expect(keys.count == 4 && values.count == 3)
    return Dictionary(
      lines.map { cells in
        // "800" and "800.0" are the same point.
        let key = keys.map { Double(cells[$0]).map { "\($0)" } ?? cells[$0] }
        return (key.joined(separator: " "), values.compactMap { Double(cells[$0]) })
      }, uniquingKeysWith: { first, _ in first })
  }
}
