// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation
import Testing

/// Pulls, impacts, correlations, likelihoods and modifiers are where their values are.
struct FitFigureTests {
  private static let palette = Palette()

  @Test func pullsAreInTheirRows() throws {
    let pulls = [
      Pull("a", value: 0.5, down: 0.9, up: 0.7), Pull("b", value: -1.2, uncertainty: 0.4),
      Pull("c", value: 3.5, uncertainty: 0.1),
    ]
    let reader = try FigureReader(PullFigure(pulls: pulls).svg())
    let x = try reader.x()
    let dots = reader.discs(Self.palette.ink).sorted { $0.y < $1.y }
    let bars = reader.paths("stroke", Self.palette.ink).filter {
      $0.count == 2 && $0[0].y == $0[1].y && $0[1].x - $0[0].x > 12
    }.sorted { $0[0].y < $1[0].y }
    try #require(dots.count == 3 && bars.count == 3)
    for (pull, (dot, bar)) in zip(pulls, zip(dots, bars)) {
      #expect(isNear(x.value(at: dot.x), pull.value))
      #expect(isNear(x.value(at: bar[0].x), pull.value - pull.down))
      #expect(isNear(x.value(at: bar[1].x), pull.value + pull.up))
      #expect(isNear(dot.y, bar[0].y))
    }
    // Names are beside their rows.
    for (name, dot) in zip(["a", "b", "c"], dots) {
      let label = try #require(reader.reader.elements("text").first { $0.text == name })
      #expect(abs(try #require(label["y"]) - dot.y) < 10)
    }
    let bands = reader.paths("fill", Self.palette.twoSigma)
    #expect(isNear(x.value(at: bands[0][0].x), -2) && isNear(x.value(at: bands[0][1].x), 2))
  }

  @Test func impactsBelongToTheUpperAxis() throws {
    let entries: [RankingFigure.Entry] = [
      .init(
        "a", pull: Pull("a", value: 1, uncertainty: 0.5), prefit: .init(up: 0.3, down: -0.2),
        postfit: .init(up: 0.25, down: -0.15)),
      .init("b", pull: nil, prefit: nil, postfit: .init(up: -0.1, down: 0.12)),
    ]
    let reader = try FigureReader(RankingFigure(entries: entries).svg())
    let (lower, upper) = (try reader.x(), try reader.x(isAbove: true))
    let frame = reader.frames[0]
    func ends(_ attribute: String, _ color: String) -> [Double] {
      reader.paths(attribute, color).filter { $0.count == 4 && $0[0].y > frame.top }.map {
        upper.value(at: $0[1].x)
      }
    }
    let (up, down) = (Self.palette.series[1], Self.palette.series[0])
    #expect(zip(ends("fill", up), [0.25, -0.1]).allSatisfy { isNear($0, $1) })
    #expect(zip(ends("fill", down), [-0.15, 0.12]).allSatisfy { isNear($0, $1) })
    #expect(zip(ends("stroke", up), [0.3]).allSatisfy { isNear($0, $1) })
    #expect(zip(ends("stroke", down), [-0.2]).allSatisfy { isNear($0, $1) })
    #expect(ends("fill", up).count == 2 && ends("stroke", up).count == 1)
    let dots = reader.discs(Self.palette.ink)
    #expect(dots.count == 1 && isNear(lower.value(at: dots[0].x), 1))
  }

  /// Shortened in their middles both names would be the same.
  @Test func longNamesStayApart() throws {
    let names = ["SRhigh", "SRlow"].map {
      "statistical_uncertainty_of_region_\($0)_in_its_very_first_bin"
    }
    let pulls = names.map { Pull($0, value: 0, uncertainty: 1) }
    let entries = names.map {
      RankingFigure.Entry($0, pull: nil, prefit: nil, postfit: .init(up: 1, down: -1))
    }
    for svg in [
      try PullFigure(pulls: pulls).svg(), try RankingFigure(entries: entries).svg(),
    ] {
      let texts = try SVGReader(svg).texts
      #expect(names.allSatisfy(texts.contains))
    }
    // One that stands alone is shortened as before: the page keeps its width.
    let alone = try SVGReader(PullFigure(pulls: Array(pulls.prefix(1))).svg())
    #expect(alone.elements("svg").first?.attributes["width"] == "800")
  }

  @Test func anyParameterIsNamedAtTheUpperAxis() throws {
    let entry = RankingFigure.Entry("a", pull: nil, prefit: nil, postfit: .init(up: 1, down: -1))
    for (parameter, label) in [("mu_SIG", "Δ mu_SIG"), ("\\mu", "Δμ")] {
      let svg = try RankingFigure(parameter: parameter, entries: [entry]).svg()
      #expect(try SVGReader(svg).texts.contains(label), "\(parameter)")
    }
  }

  @Test func correlationsAreRedBlueAndWhite() throws {
    let figure = CorrelationFigure(
      names: ["a", "b", "c"], matrix: [[1, -1, 0], [-1, 1, 0.5], [0, 0.5, 1]])
    let reader = try FigureReader(figure.svg())
    // The other one is that of the scale beside it.
    let frame = try #require(
      reader.frames.max { $0.right - $0.left < $1.right - $1.left })
    func cells(_ color: String) -> [[Int]] {
      reader.paths("fill", color).compactMap { outline in
        let (x, y) = ((outline[0].x + outline[2].x) / 2, (outline[0].y + outline[2].y) / 2)
        guard x < frame.right, y > frame.top else { return nil }
        return [
          Int(3 * (y - frame.top) / (frame.bottom - frame.top)),
          Int(3 * (x - frame.left) / (frame.right - frame.left)),
        ]
      }
    }
    // The ends of ColorBrewer's RdBu with seven classes, and its second class.
    #expect(Set(cells("#b2182b")) == [[0, 0], [1, 1], [2, 2]])
    #expect(Set(cells("#2166ac")) == [[0, 1], [1, 0]])
    #expect(Set(cells("#f4a582")) == [[1, 2], [2, 1]])
    #expect(cells("#ffffff").isEmpty)
    let texts = reader.reader.texts
    #expect(texts.filter { $0 == "1.00" }.count == 3 && texts.filter { $0 == "0.50" }.count == 2)
    #expect(texts.filter { $0 == "0.00" }.count == 2 && texts.filter { $0 == "−1.00" }.count == 2)
  }

  @Test func weakCorrelationsAreLeftOutOnRequest() {
    let figure = CorrelationFigure(
      names: ["a", "b", "c"], matrix: [[1, 0.1, -0.6], [0.1, 1, 0.2], [-0.6, 0.2, 1]])
    #expect(figure.keeping(correlationsOf: 0.5).names == ["a", "c"])
    #expect(figure.keeping(correlationsOf: 0.5).matrix == [[1, -0.6], [-0.6, 1]])
    #expect(figure.keeping(correlationsOf: 0.7).names.isEmpty)
    let broken = CorrelationFigure(names: ["a"], matrix: [])
    #expect(broken.keeping(correlationsOf: 0.5) == broken)
  }

  @Test func likelihoodsRiseFromTheirMinimum() throws {
    let values = (0...20).map { Double($0) / 10 }
    var figure = LikelihoodScanFigure(
      parameter: FigureAxis("\\mu"),
      curves: [
        .init(
          "L", values: values.reversed(),
          twiceDeltaNLL: values.reversed().map { 6 * ($0 - 1) * ($0 - 1) })
      ])
    figure.bestFit = 1
    figure.interval = .init(0.592, 1.408)
    let reader = try FigureReader(figure.svg())
    let (x, y) = (try reader.x(), try reader.y())
    let curve = try #require(
      reader.paths("stroke", Self.palette.ink).first { $0.count == values.count })
    for (point, value) in zip(curve, values) {
      #expect(isNear(x.value(at: point.x), value))
      #expect(isNear(y.value(at: point.y), 6 * (value - 1) * (value - 1)))
    }
    let frame = reader.frames[0]
    let levels = reader.paths("stroke", Self.palette.faint).map { y.value(at: $0[0].y) }
    #expect(zip(levels, [1.0, 4]).allSatisfy { isNear($0, $1) } && levels.count == 2)
    let shade = try #require(reader.paths("fill-opacity", "0.3").first { $0[0].y < frame.top + 1 })
    #expect(isNear(x.value(at: shade[0].x), 0.592) && isNear(x.value(at: shade[1].x), 1.408))
    #expect(reader.reader.texts.contains("μ = 1.00+0.41−0.41"))
  }

  @Test func modifiersShareACell() throws {
    let figure = ModifierGridFigure(rows: [
      .init("s", modifiers: [.init("a", type: "normsys"), .init("b", type: "histosys")]),
      .init("t", modifiers: [.init("a", type: "normsys"), .init("a", type: "histosys")]),
    ])
    let reader = try FigureReader(figure.svg())
    let frame = reader.frames[0]
    func widths(_ color: String) -> [Double] {
      reader.paths("fill", color).filter { $0[0].y > frame.top }.map { $0[1].x - $0[0].x }
    }
    let (first, second) = (widths(Self.palette.series[0]), widths(Self.palette.series[1]))
    try #require(first.count == 2 && second.count == 2)
    // A whole cell and half a cell of each.
    #expect(abs(first[0] - 2 * first[1]) < 0.05 && abs(first[0] - second[0]) < 0.05)
    #expect(
      reader.reader.texts.filter { $0 == "normsys" || $0 == "histosys" } == ["normsys", "histosys"])
  }
}
