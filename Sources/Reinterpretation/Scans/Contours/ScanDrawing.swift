// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation
import Sampling
import Workflow

/// Turns a slice of a scan into the values of a figure.
struct ScanDrawing {
  let surface: ScanSurface
  let points: [ScanPoint]
  let title: String

  /// Nodes on each side of the grid for regions.
  private static let nodes = 91
  /// The same where only constraints are looked at: a step is two to three pixels.
  private static let fineNodes = 271
  /// Standard deviations from the level beyond which the other side has less than 5 %.
  private static let doubt = 1.6449
  /// Points this near to a fixed parameter's value, in its range, are shown in the slice.
  private static let thickness = 0.025

  private var specification: ScanSpecification { surface.scan.specification }

  /// The plane with contours, bands, forbidden regions and points.
  func contours() throws -> ContourFigure {
    var figure = ContourFigure(title: title, notes: notes, x: axis(0), y: axis(1))
    if let observed = index(of: nil) {
      figure.observed = try lines(observed)
      if surface.hasTheoryBand(observed) {
        figure.observedTheoryBand = try lines(observed, theory: -1) + lines(observed, theory: 1)
      }
    }
    if let expected = index(of: 0) { figure.expected = try lines(expected) }
    if let up = index(of: 1), let down = index(of: -1) {
      figure.expectedBandEdges = try lines(up) + lines(down)
      figure.expectedBand = try ContourFigure.Region(
        columns: Self.nodes, rows: Self.nodes, between: distances(up), and: distances(down))
    }
    try addRegions(to: &figure)
    figure.points = shownPoints.map { point, place in
      .init(x: place[0], y: place[1], outcome(point))
    }
    return figure
  }

  /// Where the first output is on the other side with more than 5 %, and what is forbidden.
  private func addRegions(to figure: inout ContourFigure) throws {
    let level = specification.outputs[0].level
    let predictions = Self.grid(Self.nodes).map { surface.prediction(0, at: $0) }
    // Between two contours, as that is narrower than the cells of the grid near the end of a scan.
    func distances(_ deviations: Double) -> [Double] {
      predictions.map { prediction in
        prediction.map { $0.mean + deviations * $0.deviation - level } ?? .nan
      }
    }
    figure.uncertain = try ContourFigure.Region(
      columns: Self.nodes, rows: Self.nodes, between: distances(-Self.doubt),
      and: distances(Self.doubt))
    figure.uncertainLabel = "On the other side: p > 5%"
    guard predictions.contains(where: { $0 == nil }) else { return }
    // Constraints are quickly evaluated, unless there are other parameters to look for.
    let isFine = surface.slice.profiled.isEmpty
    let marked =
      isFine
      ? Self.grid(Self.fineNodes).map { surface.position(of: 0, at: $0) == nil }
      : predictions.map { $0 == nil }
    let side = isFine ? Self.fineNodes : Self.nodes
    figure.forbidden = try ContourFigure.Region(columns: side, rows: side, marked: marked)
  }

  /// Limits along one parameter with their bands and the evaluated points.
  func limits() throws -> BrazilFigure {
    let observed = index(of: nil)
    let bands = [-2, -1, 0, 1, 2].map { index(of: $0) }
    let places = (0...200).map { Double($0) / 200 }
    let values = places.compactMap { place -> BrazilFigure.Point? in
      func value(_ index: Int) -> Double? {
        let response = surface.response(index, at: [place])
        return response.isFinite ? specification.outputs[index].result(of: response) : nil
      }
      // As many bands as are known; where no point is near, the surrogates of two may cross.
      let known = [bands[...], bands[1...3], bands[2...2]].map { some in
        some.compactMap { $0.flatMap(value) }
      }
      let expected = zip(known, [5, 3, 1]).first { $0.count == $1 }?.0.sorted() ?? []
      let point = BrazilFigure.Point(
        x: surface.plane.parameters(at: [place])[0], observed: observed.flatMap(value),
        expected: expected)
      return point.observed == nil && point.expected.isEmpty ? nil : point
    }
    let output = specification.outputs[observed ?? bands[2] ?? 0]
    var figure = BrazilFigure(
      title: title, notes: notes, x: axis(0),
      y: FigureAxis(
        "95 % CL limit on signal strength", scale: output.transform == .log10 ? .log : .linear),
      points: values)
    if output.transform == .log10 {
      figure.level = .init(output.result(of: output.level), "Signal as predicted")
    }
    figure.evaluated = shownPoints.compactMap { point, place in
      point.outputs[output.name].map { .init(x: place[0], y: $0.value, outcome(point)) }
    }
    return figure
  }

  private var notes: [String] {
    var notes: [String] = []
    if let luminosity = surface.scan.preserved.specification.luminosity {
      notes.append("\(luminosity.formatted()) fb^{-1}, 95 % CL")
    }
    let fixed = surface.slice.fixed.sorted { $0.key < $1.key }
      .map { "\($0.key) = \($0.value.formatted())" }
    let profiled = surface.slice.profiled.map { "\(specification.parameters[$0].name) profiled" }
    if !fixed.isEmpty || !profiled.isEmpty {
      notes.append((fixed + profiled).joined(separator: ", "))
    }
    return notes
  }

  /// The output for the data, or for expected values at so many standard deviations.
  private func index(of sigma: Int?) -> Int? {
    specification.outputs.firstIndex { $0.sigma == sigma && $0.subject == nil }
  }

  private func axis(_ number: Int) -> FigureAxis {
    let parameter = specification.parameters[surface.slice.axes[number]]
    return FigureAxis(
      Self.label(of: parameter), unit: parameter.unit ?? "",
      scale: parameter.isLogarithmic ? .log : .linear, from: parameter.lower, to: parameter.upper)
  }

  /// `m_sq_gev` in GeV is m with the subscript "sq": the unit stands behind it anyway.
  private static func label(of parameter: ScanParameter) -> String {
    var words = parameter.name.split(separator: "_").map(String.init)
    if let unit = parameter.unit, words.count > 1, words.last == unit.lowercased() {
      words.removeLast()
    }
    guard words.count > 1, words[0] == "m" else { return words.joined(separator: "_") }
    return "m_{\(words.dropFirst().joined(separator: " "))}"
  }

  private func lines(_ output: Int, theory: Int = 0) throws -> [ContourFigure.Line] {
    try surface.lines(output, theory: theory).map { .init($0.points, isClosed: $0.isClosed) }
  }

  /// Places of the plane, row by row.
  private static func grid(_ nodes: Int) -> [[Double]] {
    let step = 1 / Double(nodes - 1)
    return (0..<nodes * nodes).map { [Double($0 % nodes) * step, Double($0 / nodes) * step] }
  }

  /// Response less level at each node.
  private func distances(_ output: Int) -> [Double] {
    let level = specification.outputs[output].level
    return Self.grid(Self.nodes).map { surface.response(output, at: $0) - level }
  }

  /// Points that lie in the slice, with their coordinates along its axes.
  private var shownPoints: [(point: ScanPoint, place: [Double])] {
    points.compactMap { point in
      let isNear = surface.slice.fixed.allSatisfy { name, value in
        guard let parameter = specification.parameters.first(where: { $0.name == name }),
          let own = point.point[name]
        else { return false }
        return abs(parameter.fraction(of: own) - parameter.fraction(of: value)) <= Self.thickness
      }
      guard isNear else { return nil }
      return (point, surface.slice.axes.map { point.point[specification.parameters[$0].name] ?? 0 })
    }
  }

  private func outcome(_ point: ScanPoint) -> ContourFigure.Outcome {
    switch point.state {
    case .excluded: .excluded
    case .allowed: .allowed
    case .inconclusive: .inconclusive
    case .failed: .failed
    case .pending: .pending
    }
  }
}
