// SPDX-License-Identifier: Apache-2.0
import Figures
import Testing

/// What can't be drawn is refused with a sentence that names it.
struct RefusalTests {
  private static let x = FigureAxis("m", from: 0, to: 10)
  private static let y = FigureAxis("n", from: 0, to: 10)

  private static func contour(_ change: (inout ContourFigure) throws -> Void) rethrows
    -> ContourFigure
  {
    var figure = ContourFigure(x: x, y: y)
    figure.points = [.init(x: 1, y: 1, .allowed)]
    try change(&figure)
    return figure
  }

  private static func limit(_ points: [BrazilFigure.Point], _ y: FigureAxis = y) -> BrazilFigure {
    BrazilFigure(x: x, y: y, points: points)
  }

  private static func stack(_ bins: StackFigure.Bins, _ yields: [Double]) -> StackFigure {
    StackFigure(x: x, bins: bins, samples: [.init("W", yields: yields)])
  }

  private static func refused(_ figure: any Figure, _ words: String) {
    do {
      _ = try figure.svg()
      Issue.record("a figure was drawn instead of: \(words)")
    } catch {
      #expect(error.description.contains(words), "\(error)")
      #expect(error.description.contains(" "), "\(error)")
    }
  }

  @Test func contours() throws {
    Self.refused(ContourFigure(x: Self.x, y: Self.y), "no contour, no point and no region")
    Self.refused(
      Self.contour { $0.points[0].x = .nan }, "the axis 'm' can't show the value nan")
    Self.refused(
      Self.contour { $0.observed = [.init([[1, 2], [3]])] }, "two coordinates, not 1")
    Self.refused(Self.contour { $0.x.lower = 10 }, "ranges from 10.0 to 10.0")
    Self.refused(Self.contour { $0.x.lower = .infinity }, "ranges from inf to 10.0")
    Self.refused(Self.contour { $0.y.scale = .log }, "the axis 'n' is logarithmic")
    Self.refused(
      Self.contour { ($0.x.lower, $0.x.upper) = (1, 1 + 1e-14) }, "too close or too far")
    Self.refused(
      Self.contour { ($0.x.lower, $0.x.upper) = (-1e308, 1e308) }, "too close or too far")
    Self.refused(
      try Self.contour {
        $0.x.upper = nil
        $0.uncertain = try ContourFigure.Region(columns: 2, rows: 2, positive: [1, 1, 1, 1])
      }, "give both axes theirs")
  }

  @Test func limits() {
    Self.refused(Self.limit([]), "no limit to draw")
    Self.refused(Self.limit([.init(x: 3)]), "no limit to draw")
    Self.refused(
      Self.limit([.init(x: 3, observed: 1), .init(x: 3, observed: 2)]), "two points are at 3.0")
    Self.refused(Self.limit([.init(x: 3, expected: [1, 2])]), "give the five")
    Self.refused(Self.limit([.init(x: 3, expected: [1, 2, 3, 5, 4])]), "ascending order")
    Self.refused(Self.limit([.init(x: 3, observed: .nan)]), "can't show the value nan")
    Self.refused(
      Self.limit([.init(x: 3, observed: 0)], FigureAxis("n", scale: .log)), "can't show 0.0")
    var figure = Self.limit([.init(x: 3, observed: 1)])
    figure.theory = [.init(x: 1, value: 1, uncertainty: -1)]
    Self.refused(figure, "uncertainty of the theory at 1.0")
  }

  @Test func fits() {
    Self.refused(PullFigure(pulls: []), "no pulls")
    Self.refused(
      PullFigure(pulls: [Pull("a", value: .infinity, uncertainty: 1)]), "the pull of 'a'")
    Self.refused(PullFigure(pulls: [Pull("a", value: 0, uncertainty: -1)]), "zero or more")
    Self.refused(RankingFigure(entries: []), "no parameters")
    Self.refused(
      RankingFigure(
        entries: [.init("a", pull: nil, prefit: nil, postfit: .init(up: .nan, down: 0))]),
      "the impact of 'a'")
    Self.refused(CorrelationFigure(names: ["a", "b"], matrix: [[1, 0]]), "1 rows")
    Self.refused(CorrelationFigure(names: ["a"], matrix: [[1.5]]), "between −1 and 1")
    Self.refused(CorrelationFigure(names: ["a"], matrix: [[.nan]]), "between −1 and 1")
    Self.refused(OverlapFigure(names: ["a"], fractions: [[-0.1]]), "between 0 and 1")
    Self.refused(ModifierGridFigure(rows: []), "no samples")
    Self.refused(ModifierGridFigure(rows: [.init("a", modifiers: [])]), "no parameters")
    Self.refused(
      LikelihoodScanFigure(
        parameter: FigureAxis("a"), curves: [.init("c", values: [1, 2], twiceDeltaNLL: [1])]),
      "the curve 'c' has 2 points and 1 values")
  }

  @Test func selectionsAndTraining() {
    Self.refused(Self.stack(.edges([1]), []), "no bins")
    Self.refused(Self.stack(.edges([1, 1]), [1]), "they have to ascend")
    Self.refused(Self.stack(.edges([1, 2, 3]), [1]), "1 values for 2 bins")
    Self.refused(Self.stack(.edges([1, 2]), [.nan]), "a yield of the sample 'W'")
    var stack = Self.stack(.names(["a"]), [0])
    stack.y.scale = .log
    Self.refused(stack, "no yield is positive")
    Self.refused(CutflowFigure(rows: []), "no cuts")
    Self.refused(CutflowFigure(rows: [.init("a", yield: 0)]), "nothing is left")
    Self.refused(
      CutflowFigure(rows: [.init("a", yield: 1, uncertainty: .nan)]), "the cut 'a'")
    Self.refused(LossFigure(curves: []), "no curves")
    Self.refused(LossFigure(curves: [.init("c", steps: [2, 1], values: [1, 1])]), "don't ascend")
    Self.refused(LossFigure(curves: [.init("c", values: [.nan])]), "the curve 'c'")
  }

  @Test func stylesWithoutRoom() {
    let figure = PullFigure(pulls: [Pull("a", value: 0, uncertainty: 1)])
    for style in [
      FigureStyle(width: 100), FigureStyle(height: .nan), FigureStyle(fontSize: 0),
      FigureStyle(width: 1e9),
    ] {
      #expect(throws: FigureError.self) { try figure.svg(style) }
    }
  }
}
