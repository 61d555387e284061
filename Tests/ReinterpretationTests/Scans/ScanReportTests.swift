// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation
import Sampling
import Testing

@Suite("What a scan says")
struct ScanReportTests {
  private func finished(_ folder: URL) async throws -> (Reinterpreter, ScanReport) {
    let plane = try TestPlane(in: folder)
    let reinterpreter = try plane.reinterpreter()
    return (reinterpreter, try await reinterpreter.startScan(plane.scan()))
  }

  @Test("predictions agree with the closed form within their interval, or nearly")
  func predictions() async throws {
    try await TemporaryFolder.use { folder in
      let (reinterpreter, _) = try await finished(folder)
      let prediction = try reinterpreter.predict("plane-scan", at: ["m_gev": 900, "l_gev": 333])
      #expect(prediction.isAllowed)
      let observed = try #require(prediction.outputs.first { $0.name == "obs" })
      let truth = 3 / TestPlane.events(900, 333)
      #expect(abs(log10(observed.value / truth)) < 0.05)
      #expect(observed.lower < observed.value && observed.value < observed.upper)
      #expect(observed.excluded > 0.99)
      let far = try reinterpreter.predict("plane-scan", at: ["m_gev": 1950, "l_gev": 100])
      #expect(far.outputs.allSatisfy { $0.excluded < 0.01 })
      let forbidden = try reinterpreter.predict("plane-scan", at: ["m_gev": 600, "l_gev": 900])
      #expect(!forbidden.isAllowed)
    }
  }

  @Test("points that aren't of the scan are refused")
  func refusals() async throws {
    try await TemporaryFolder.use { folder in
      let (reinterpreter, _) = try await finished(folder)
      func sentence(_ point: [String: Double]) -> String {
        do {
          _ = try reinterpreter.predict("plane-scan", at: point)
          return ""
        } catch { return error.description }
      }
      #expect(sentence(["m_gev": 900]).contains("the point lacks 'l_gev'"))
      #expect(sentence(["m_gev": 900, "l_gev": 1, "x": 2]).contains("no parameter 'x'"))
      #expect(sentence(["m_gev": 9000, "l_gev": 1]).contains("outside of the scan's range"))
      #expect(sentence(["m_gev": .nan, "l_gev": 1]).contains("outside of the scan's range"))
      #expect(throws: Failure.self) { try reinterpreter.contour("plane-scan", output: "obz") }
      #expect(throws: Failure.self) { try reinterpreter.scan("plain-scan") }
    }
  }

  @Test("slices fix or profile what is no axis")
  func slices() async throws {
    try await TemporaryFolder.use { folder in
      let (reinterpreter, _) = try await finished(folder)
      /// Where 3.4 − m/500 − 0.6 (l/m)² = log10 3.
      func crossing(_ l: Double) -> Double {
        var (low, high) = (500.0, 2000.0)
        for _ in 0..<60 {
          let middle = (low + high) / 2
          if TestPlane.events(middle, l) > 3 { low = middle } else { high = middle }
        }
        return low
      }
      let fixed = try reinterpreter.contour(
        "plane-scan", output: "obs", slice: ScanSlice(fixed: ["l_gev": 400]))
      #expect(fixed.parameters.map(\.name) == ["m_gev"])
      let lines = fixed.contours[0].lines
      #expect(lines.count == 1)
      #expect(abs(lines[0].points[0][0] - crossing(400)) < 15)
      // The most excluded l is 0.
      let profiled = try reinterpreter.contour(
        "plane-scan", output: "obs", slice: ScanSlice(profiled: ["l_gev"]))
      #expect(profiled.profiled == ["l_gev"])
      #expect(abs(profiled.contours[0].lines[0].points[0][0] - crossing(0)) < 15)
      #expect(throws: Failure.self) {
        try reinterpreter.contour("plane-scan", slice: ScanSlice(fixed: ["k": 1]))
      }
      #expect(throws: Failure.self) {
        try reinterpreter.contour("plane-scan", slice: ScanSlice(fixed: ["l_gev": 4000]))
      }
      #expect(throws: Failure.self) {
        try reinterpreter.contour(
          "plane-scan", slice: ScanSlice(fixed: ["l_gev": 4, "m_gev": 600]))
      }
      #expect(throws: Failure.self) {
        try reinterpreter.contour("plane-scan", slice: ScanSlice(axes: ["m_gev"]))
      }
    }
  }

  @Test("exports have a row for each point")
  func exports() async throws {
    try await TemporaryFolder.use { folder in
      let (reinterpreter, report) = try await finished(folder)
      let rows = report.pointsCSV.split(separator: "\n").map(String.init)
      let header =
        "number,round,m_gev,l_gev,state,obs,obs_uncertainty,exp,exp_uncertainty,exp+1,"
        + "exp+1_uncertainty,exp-1,exp-1_uncertainty,run,message"
      #expect(rows.first == header)
      #expect(rows.count == report.points.count + 1)
      let contour = try reinterpreter.contour("plane-scan", output: "obs")
      let lines = contour.contours.flatMap(\.lines)
      let count = lines.reduce(0) { $0 + $1.points.count }
      let contourRows = contour.csv.split(separator: "\n").count
      #expect(contourRows == count + 1)
      #expect(contour.csv.hasPrefix("output,theory,line,closed,m_gev,l_gev\n"))
      #expect(contour.hepData.hasPrefix("independent_variables:\n"))
      // contour, line, m and l.
      let contourValues = Self.values(in: contour.hepData)
      #expect(contourValues == 4 * count)
      let pointValues = Self.values(in: report.pointsHEPData)
      #expect(pointValues == 6 * report.finished)
      let published = try JSONEncoder().encode(reinterpreter.surrogates("plane-scan"))
      let read = try JSONDecoder().decode(SurrogateReport.self, from: published)
      let position = [0.3, 0.4]
      let original = try reinterpreter.surrogates("plane-scan")
      for (one, other) in zip(read.outputs, original.outputs) {
        let means = [one, other].map { $0.process.mean(at: position) }
        #expect(means[0] == means[1])
      }
    }
  }

  /// Values of all variables of a HEPData table.
  private static func values(in yaml: String) -> Int {
    var count = 0
    for line in yaml.split(separator: "\n") where line.hasPrefix("  - value: ") { count += 1 }
    return count
  }

  @Test("figures are the same bytes each time")
  func figures() async throws {
    try await TemporaryFolder.use { folder in
      let (reinterpreter, _) = try await finished(folder)
      let plane = try reinterpreter.scanFigure("plane-scan")
      #expect(plane.contains("<svg") && plane.contains("A made-up search in a plane"))
      #expect(try reinterpreter.scanFigure("plane-scan") == plane)
      let slice = ScanSlice(fixed: ["l_gev": 300])
      let line = try reinterpreter.scanFigure("plane-scan", slice: slice, title: "Slice")
      #expect(line.contains("<svg") && line.contains("Slice"))
    }
  }

  @Test("the map's own error is reported, and points beyond it are marked")
  func efficiencyMap() async throws {
    try await TemporaryFolder.use { folder in
      let (_, report) = try await finished(folder)
      let map = try #require(report.efficiencyMap)
      #expect(map.points == 42)
      #expect(map.regions.map(\.region) == ["SR"])
      #expect(map.regions[0].leaveOneOut < 0.05)
      #expect(report.points.allSatisfy { $0.isExtrapolated == false })
    }
  }
}
