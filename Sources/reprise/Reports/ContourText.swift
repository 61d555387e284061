// SPDX-License-Identifier: Apache-2.0
import Reinterpretation

/// Contours, for people.
enum ContourText {
  static func lines(_ report: ContourReport) -> [String] {
    var lines = ["\(report.scan)  \(report.analysis)" + place(of: report), ""]
    lines += Table(
      [
        .text("contour"), .number("pieces"), .text("along"), .number("unsure"),
        .number("left-out pull"),
      ],
      report.contours.map { curve in
        [
          name(curve), "\(curve.lines.count)", extent(curve, report.parameters),
          NumberText.percent(curve.misclassified), NumberText.of(curve.leaveOneOut, digits: 2),
        ]
      }
    ).lines()
    return lines
  }

  private static func name(_ curve: ContourReport.Curve) -> String {
    guard let theory = curve.theory else { return curve.output }
    return "\(curve.output), σ \(theory > 0 ? "+" : "-")1 theory"
  }

  /// Where the parameters that aren't axes are.
  private static func place(of report: ContourReport) -> String {
    let fixed = report.fixed.isEmpty ? "" : "  at \(PointText.of(report.fixed))"
    let profiled =
      report.profiled.isEmpty ? "" : "  profiled \(report.profiled.joined(separator: ", "))"
    return fixed + profiled
  }

  /// Crossings of one parameter; the ranges that the lines of a plane span.
  private static func extent(_ curve: ContourReport.Curve, _ parameters: [ScanReport.Parameter])
    -> String
  {
    let points = curve.lines.flatMap(\.points)
    guard !points.isEmpty else { return "not crossed" }
    if parameters.count == 1 {
      let crossings = points.compactMap(\.first).sorted()
      return "\(parameters[0].name) "
        + crossings.map { NumberText.of($0, digits: 5) }.joined(separator: ", ")
    }
    return parameters.enumerated().map { axis, parameter in
      let values = points.map { $0[axis] }
      return "\(parameter.name) \(NumberText.of(values.min(), digits: 4))–"
        + NumberText.of(values.max(), digits: 4)
    }.joined(separator: "  ")
  }
}
