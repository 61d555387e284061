// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation
import Testing

/// Values of any size give a document or a sentence, and nothing that is neither.
struct ExtremeTests {
  private static func value(_ random: inout SeededRandom) -> Double {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: .nan
    case 1: .infinity
    case 2: 0
    case 3: .leastNonzeroMagnitude
    case 4: -.greatestFiniteMagnitude
    default:
      pow(10, Double.random(in: -30...30, using: &random)) * (Bool.random(using: &random) ? 1 : -1)
    }
  }

  private static func axis(_ random: inout SeededRandom) -> FigureAxis {
    let hasRange = Bool.random(using: &random)
    return FigureAxis(
      "x", scale: Int.random(in: 0..<4, using: &random) == 0 ? .log : .linear,
      from: hasRange ? value(&random) : nil, to: hasRange ? value(&random) : nil)
  }

  private static func values(_ count: Int, _ random: inout SeededRandom) -> [Double] {
    (0..<count).map { _ in value(&random) }
  }

  private static func figure(_ kind: Int, _ random: inout SeededRandom) -> any Figure {
    let numbers = values(4, &random)
    switch kind {
    case 0:
      var figure = ContourFigure(x: axis(&random), y: axis(&random))
      figure.observed = [.init([[numbers[0], numbers[1]], [numbers[2], numbers[3]]])]
      return figure
    case 1:
      return BrazilFigure(
        x: axis(&random), y: axis(&random),
        points: numbers.map { .init(x: $0, observed: value(&random)) })
    case 2:
      var figure = StackFigure(
        x: axis(&random), y: axis(&random), bins: .names(["a", "b", "c", "d"]),
        samples: [.init("s", yields: numbers)])
      figure.observed = values(4, &random).map { .init($0, down: abs($0), up: abs($0)) }
      figure.uncertainty = values(4, &random).map { abs($0) }
      return figure
    case 3:
      return PullFigure(pulls: [Pull("a", value: numbers[0], down: abs(numbers[1]), up: 1)])
    case 4:
      return RankingFigure(
        entries: [
          .init("a", pull: nil, prefit: nil, postfit: .init(up: numbers[0], down: numbers[1]))
        ])
    case 5: return CutflowFigure(rows: [.init("a", yield: numbers[0], published: numbers[1])])
    case 6: return LossFigure(loss: axis(&random), curves: [.init("c", values: numbers)])
    default:
      return LikelihoodScanFigure(
        parameter: axis(&random), curves: [.init("c", values: numbers, twiceDeltaNLL: numbers)])
    }
  }

  @Test(arguments: 0..<8)
  func anyValueIsDrawnOrRefused(_ kind: Int) throws {
    var random = SeededRandom(UInt64(100 + kind))
    var drawn = 0
    for _ in 0..<400 {
      let figure = Self.figure(kind, &random)
      do {
        let text = try figure.svg()
        drawn += 1
        #expect(WellFormed.problem(text) == nil, "\(figure)")
      } catch {
        #expect(error.description.count > 20)
      }
    }
    #expect(drawn > 0)
  }
}
