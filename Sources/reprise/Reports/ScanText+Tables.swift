// SPDX-License-Identifier: Apache-2.0
import Reinterpretation

extension ScanText {
  static func parameters(_ scan: ScanReport) -> [String] {
    Table(
      [.text("parameter"), .number("from"), .number("to"), .text("unit"), .text("scale")],
      scan.parameters.map {
        [
          $0.name, NumberText.of($0.lower), NumberText.of($0.upper), $0.unit,
          $0.isLogarithmic ? "log" : "linear",
        ]
      }
    ).lines() + scan.constraints.map { "where \($0)" }
  }

  static func outputs(_ scan: ScanReport) -> [String] {
    Table(
      [
        .text("output"), .text("value"), .number("sigma"), .text("transform"), .number("level"),
        .number("weight"),
      ],
      scan.outputs.map {
        [
          $0.name, $0.value, $0.sigma.map { "\($0)" } ?? "", $0.transform, NumberText.of($0.level),
          NumberText.of($0.weight),
        ]
      }
    ).lines()
  }

  static func map(_ scan: ScanReport) -> [String] {
    guard let map = scan.efficiencyMap else { return [] }
    return [
      "Efficiencies are interpolated between \(map.points) simulated points. Each left out in turn:"
    ]
      + Table(
        [.text("region"), .number("relative error"), .number("pull")],
        map.regions.map {
          [
            $0.region, NumberText.percent($0.leaveOneOut),
            NumberText.of($0.leaveOneOutPull, digits: 2),
          ]
        }
      ).lines()
  }

  /// Points with their results, numbered as they were proposed.
  static func points(_ points: [ScanPoint], of scan: ScanReport) -> [String] {
    guard !points.isEmpty else { return [] }
    let names = scan.parameters.map(\.name)
    let outputs = scan.outputs.map(\.name)
    return Table(
      [.number("point"), .number("round")] + names.map { .number($0) } + [.text("state")]
        + outputs.map { .number($0) } + [.number("run"), .text("message")],
      points.map { point in
        let values = outputs.map { name in
          point.outputs[name].map { NumberText.of($0.value, uncertainty: $0.uncertainty) } ?? "-"
        }
        return ["\(point.number)", "\(point.round)"]
          + names.map { NumberText.of(point.point[$0], digits: 5) }
          + [point.state.rawValue + (point.isExtrapolated == true ? " (extrapolated)" : "")]
          + values + [point.run.map { "\($0)" } ?? "-", point.message ?? ""]
      }
    ).lines()
  }
}
