// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation
import Testing

/// Ready signals as the only points there are.
@Suite("Scans over ready signals")
struct ScanPoolTests {
  /// The made-up search with CLs = exp(−yield/10) and a signal of yield 60 − 5 m at m = 1 … 11.
  private func scan(_ folder: URL, match: String = "", more: String = "") async throws
    -> (Reinterpreter, ScanReport)
  {
    let analysis = try TestAnalysis(in: folder.appendingPathComponent("toy"))
    func write(_ name: String, _ text: String) throws {
      let file = analysis.folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    for m in 1...11 {
      try write(
        "points/p\(m).yaml",
        "schema: 1\nsignal: p\(m)\npoint: {m: \(m)}\nyields: {SR: [\(60 - 5 * m), 0]}\n")
    }
    let signals = match.isEmpty ? "points/*.yaml" : "{files: points/*.yaml, match: \(match)}"
    try write("family.yaml", "schema: 1\nsignal: family\nsignals: \(signals)\n")
    try write(
      "scan.yaml",
      """
      schema: 1
      scan: pool
      analysis: toy
      signal: family.yaml
      parameters: {m: {range: [0.5, 10]}}
      outputs: [{name: cls, value: test.cls}]
      \(more)
      """)
    let reinterpreter = Reinterpreter(
      registry: folder.appendingPathComponent("registry"), catalog: .test)
    _ = try reinterpreter.register(analysis.folder.path)
    let report = try await reinterpreter.startScan(
      analysis.folder.appendingPathComponent("scan.yaml").path)
    return (reinterpreter, report)
  }

  @Test("each of them within the ranges is evaluated once at most")
  func exact() async throws {
    try await TemporaryFolder.use { folder in
      let (reinterpreter, report) = try await scan(
        folder, more: "stop: {patience: 50}")
      // p11 is outside of the range.
      #expect(report.points.compactMap { $0.point["m"] }.sorted() == (1...10).map(Double.init))
      #expect(report.reason == "all 10 points are done")
      for point in report.points {
        let yield = 60 - 5 * (point.point["m"] ?? 0)
        #expect(abs(try #require(point.outputs["cls"]?.value) - exp(-yield / 10)) < 1e-12)
        #expect(point.state == (exp(-yield / 10) < 0.05 ? .excluded : .allowed))
      }
      // CLs = 0.05 at a yield of 10 log 20.
      let contour = try reinterpreter.contour("pool")
      let crossings = contour.contours[0].lines.map { $0.points[0][0] }
      #expect(crossings.count == 1)
      #expect(abs((crossings.first ?? 0) - (60 - 10 * log(20.0)) / 5) < 0.1)
      #expect(try reinterpreter.scanFigure("pool").contains("<svg"))
    }
  }

  @Test("the nearest of them stands for any point")
  func nearest() async throws {
    try await TemporaryFolder.use { folder in
      let (_, report) = try await scan(
        folder, match: "nearest", more: "strategy: sobol\nstop: {evaluations: 8}")
      #expect(report.finished == 8)
      for point in report.points {
        let nearest = min(max((point.point["m"] ?? 0).rounded(), 1), 10)
        let value = try #require(point.outputs["cls"]?.value)
        #expect(abs(value - exp(-(60 - 5 * nearest) / 10)) < 1e-12)
      }
    }
  }
}
