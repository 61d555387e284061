// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation
import Testing

/// A legend never covers what is drawn, wherever that is.
struct LegendTests {
  /// A curve from one side of the frame to the other.
  private static func curve(_ random: inout SeededRandom) -> [Double] {
    let (start, end) = (
      Double.random(in: -5...5, using: &random), Double.random(in: -5...5, using: &random)
    )
    let height = Double.random(in: -8...8, using: &random)
    return (0...80).map { index in
      let t = Double(index) / 80
      return start + t * (end - start) + height * t * (1 - t) * sin(9 * t)
    }
  }

  @Test func legendsCoverNoCurve() throws {
    var random = SeededRandom(11)
    for _ in 0..<60 {
      let count = Int.random(in: 1...6, using: &random)
      let figure = LossFigure(
        curves: (0..<count).map { .init("Curve \($0)", values: Self.curve(&random)) })
      let reader = try SVGReader(figure.svg())
      let labels = reader.elements("text").filter { $0.text.hasPrefix("Curve") }
      #expect(labels.count == count)
      let curves = reader.elements("path").compactMap { path -> [(x: Double, y: Double)]? in
        guard let text = path.attributes["d"], path.attributes["stroke"] != nil else { return nil }
        let outlines = SVGReader.outlines(text)
        return outlines.count == 1 && outlines[0].count == 81 ? outlines[0] : nil
      }
      try #require(curves.count == count)
      for label in labels {
        let (left, baseline) = (try #require(label["x"]), try #require(label["y"]))
        let size = try #require(label["font-size"])
        for point in curves.joined() {
          // Seven letters of about half their size.
          let isCovered =
            point.x > left - 2.4 * size && point.x < left + 3.5 * size
            && point.y > baseline - size && point.y < baseline + 0.3 * size
          #expect(!isCovered, "\(label.text) at \(left), \(baseline) covers \(point)")
        }
      }
    }
  }

  @Test func everythingThatIsDrawnIsNamed() throws {
    let texts = try SVGReader(ContourExamples.plane().svg()).texts
    for name in [
      "Observed limit", "Observed ±1σ theory", "Expected limit ±1σ", "Excluded", "Allowed",
      "Inconclusive", "Failed", "Pending", "Contour uncertain", "Forbidden",
    ] {
      #expect(texts.contains(name))
    }
    let bare = try SVGReader(ContourExamples.pointsOnly().svg()).texts
    #expect(bare.contains("Excluded") && !bare.contains("Allowed"))
  }
}
