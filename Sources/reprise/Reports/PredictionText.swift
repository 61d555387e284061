// SPDX-License-Identifier: Apache-2.0
import Reinterpretation

/// What the surrogates of a scan say, for people.
enum PredictionText {
  static func lines(_ prediction: PredictionReport) -> [String] {
    var lines = ["\(prediction.scan)  at \(PointText.of(prediction.point))", ""]
    if !prediction.isAllowed {
      lines[0] += "  (a point that the scan's constraints forbid)"
    }
    return lines
      + Table(
        [
          .text("output"), .number("value"), .number("-1σ"), .number("+1σ"),
          .number("excluded with probability"),
        ],
        prediction.outputs.map {
          [
            $0.name, NumberText.of($0.value), NumberText.of($0.lower), NumberText.of($0.upper),
            NumberText.of($0.excluded, digits: 3),
          ]
        }
      ).lines()
  }
}
