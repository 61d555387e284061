// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation
import Testing

/// Axes, as they can be read off the document.
struct AxisTests {
  /// Numbers under the frame with the places of their middles.
  private static func labels(_ axis: FigureAxis) throws -> [(
    place: Double, value: Double, text: String
  )] {
    var figure = ContourFigure(x: axis, y: FigureAxis("", from: 0, to: 1))
    figure.points = [.init(x: axis.lower ?? 1, y: 0.5, .allowed)]
    let reader = try SVGReader(figure.svg())
    return reader.elements("text").filter { $0.attributes["text-anchor"] == "middle" }.compactMap {
      guard let place = $0["x"], let value = FigureReader.number($0.markedText) else { return nil }
      return (place, value, $0.markedText)
    }
  }

  @Test(arguments: [
    (0.0, 1000.0, ["0", "100", "200", "300", "400", "500", "600", "700", "800", "900", "1000"]),
    (800, 2000, ["800", "1000", "1200", "1400", "1600", "1800", "2000"]),
    (-0.3, 0.3, ["−0.3", "−0.2", "−0.1", "0.0", "0.1", "0.2", "0.3"]),
  ])
  func ticksAreNice(_ lower: Double, _ upper: Double, _ expected: [String]) throws {
    let texts = try Self.labels(FigureAxis("x", from: lower, to: upper)).map(\.text)
    // The same distance or a multiple of it, and nothing in between.
    #expect(texts.count >= 3)
    #expect(Set(texts).isSubset(of: expected))
  }

  @Test func largeNumbersShareAPower() throws {
    var figure = ContourFigure(
      x: FigureAxis("N", unit: "fb", from: 0, to: 3e6), y: FigureAxis("b", from: 0, to: 2e-7))
    figure.points = [.init(x: 1e6, y: 1e-7, .excluded)]
    let texts = try SVGReader(figure.svg()).texts
    #expect(texts.contains("N [106 fb]"))
    #expect(texts.contains("b [10−9]"))
    #expect(texts.contains("3.0") && texts.contains("200"))
  }

  @Test func decadesAreNamed() throws {
    let texts = try Self.labels(FigureAxis("x", scale: .log, from: 1e-4, to: 100)).map(\.text)
    #expect(texts == ["10^−4", "10^−3", "10^−2", "10^−1", "1", "10", "10^2"])
  }

  @Test func fewerDecadesHaveMoreNumbers() throws {
    let texts = try Self.labels(FigureAxis("x", scale: .log, from: 0.2, to: 8)).map(\.text)
    #expect(texts == ["0.2", "0.5", "1", "2", "5"])
    let narrow = try Self.labels(FigureAxis("x", scale: .log, from: 1.1, to: 1.4)).map(\.text)
    #expect(narrow.count >= 2)
  }

  /// A label's place is where its value is, and labels don't touch.
  @Test(arguments: [false, true])
  func labelsAreWhereTheirValuesAre(isLogarithmic: Bool) throws {
    var random = SeededRandom(20230523)
    for _ in 0..<150 {
      let exponent = Double.random(in: isLogarithmic ? -12...8 : -2...4, using: &random)
      let lower =
        pow(10, exponent) * (isLogarithmic ? 1 : Double.random(in: -1...1, using: &random))
      let span = pow(10, Double.random(in: isLogarithmic ? 0.1...12 : -1...0.7, using: &random))
      let upper = isLogarithmic ? lower * span : lower + span * pow(10, exponent)
      let axis = FigureAxis("x", scale: isLogarithmic ? .log : .linear, from: lower, to: upper)
      let labels = try Self.labels(axis)
      try #require(labels.count >= 2, "from \(lower) to \(upper)")
      for (left, right) in zip(labels, labels.dropFirst()) {
        #expect(right.place - left.place > 18, "from \(lower) to \(upper)")
      }
      func scale(_ value: Double) -> Double { isLogarithmic ? log10(value) : value }
      let (first, last) = (labels[0], labels[labels.count - 1])
      let slope = (scale(last.value) - scale(first.value)) / (last.place - first.place)
      for label in labels {
        let expected = first.place + (scale(label.value) - scale(first.value)) / slope
        #expect(abs(label.place - expected) < 0.05, "\(label.text) from \(lower) to \(upper)")
      }
    }
  }
}
