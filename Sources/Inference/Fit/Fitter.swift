// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// Fits one model to one data set.
final class Fitter {
  let data: ModelData
  private let engine: FitEngine
  private let dataSet: Int
  /// Points that are drawn where no start converged; fewer where the end is suspicious.
  var rescues = 12

  init(_ engine: FitEngine, data: ModelData) {
    self.engine = engine
    self.data = data
    dataSet = engine.register()
  }

  var model: Model { engine.model }
  var box: Box { engine.box }
  /// −log L of these data, until another fitter of the engine is used.
  var objective: LikelihoodObjective { engine.objective(for: dataSet, data) }
  var likelihood: Likelihood { objective.likelihood }

  /// The best minimum found.
  ///
  /// - Parameters:
  ///   - fixing: flat index → value, also outside the bounds.
  ///   - unbounding: a parameter whose upper bound doesn't count.
  ///   - neighbours: solutions of similar fits to start from, the most promising first; without any
  ///     the fit starts from the model's initial values.
  ///   - tangent: a parameter for which `Minimum.tangent` is wanted.
  /// - Throws: a `FitFailure` if no start converges.
  func minimise(
    fixing: [Int: Double] = [:], unbounding: Int? = nil, neighbours: [[Double]] = [],
    tangent: Int? = nil
  ) throws(FitFailure) -> Minimum {
    try check(fixing)
    var search = Search(
      box: box(fixing: fixing, unbounding: unbounding), fixing: fixing, tangent: tangent)
    run(from: neighbours.first ?? model.inits, in: &search)
    for neighbour in neighbours.dropFirst() { run(from: neighbour, in: &search) }
    if !search.best.isConverged, !neighbours.isEmpty { run(from: model.inits, in: &search) }
    for index in 1..<max(1, engine.options.starts) { run(fromDrawn: index, in: &search) }
    lookBehindBends(in: &search)
    lookFromAfar(in: &search)
    if search.isSuspicious {
      for index in 0..<min(4, rescues) { run(fromDrawn: 1000 + index, in: &search) }
    }
    for index in 0..<rescues where !search.best.isConverged {
      run(fromDrawn: 2000 + index, in: &search)
    }
    guard search.best.isConverged else { throw failure(search.best, fixing: fixing) }
    search.best.evaluations = search.evaluations
    return search.best
  }

  private struct Search {
    let box: Box
    let fixing: [Int: Double]
    let tangent: Int?
    var best = Minimum()
    var evaluations = 0
    var isSuspicious: Bool { best.endsIndefinite || !best.isConverged }
  }

  private func box(fixing: [Int: Double], unbounding: Int?) -> Box {
    var box = box
    for index in fixing.keys { box.isFixed[index] = true }
    if let unbounding { box.upper[unbounding] = .infinity }
    return box
  }

  @discardableResult
  private func run(
    from start: [Double], maximumIterations: Int? = nil, in search: inout Search
  ) -> Minimum {
    var start = start
    for (index, value) in search.fixing { start[index] = value }
    let newton = engine.minimiser(for: dataSet, data)
    newton.maximumIterations = min(
      maximumIterations ?? .max, engine.options.maximumIterations)
    // A box that ends at a kink may not hold it.
    newton.known = engine.kinks.isEmpty && search.best.isConverged ? search.best : nil
    defer { newton.known = nil }
    let found = KinkedNewton(newton: newton, kinks: engine.kinks).minimise(
      from: start, in: search.box)
    search.evaluations += found.evaluations
    if found.isBetter(than: search.best) {
      search.best = found
      search.best.tangent = search.tangent.flatMap { newton.tangent(along: $0) }
    }
    return found
  }

  /// From a drawn point, or as far towards it as the likelihood is defined.
  @discardableResult
  private func run(fromDrawn index: Int, in search: inout Search) -> Minimum {
    var start = engine.startingPoints.drawn(index)
    var found = run(from: start, in: &search)
    for _ in 0..<5 where !found.value.isFinite {
      start = engine.startingPoints.retreated(start)
      found = run(from: start, in: &search)
    }
    return found
  }
}

// MARK: - All minima

extension Fitter {
  /// Where each of several starts ends, those that don't converge left out.
  func ends(starts: Int, fixing: [Int: Double]) throws(FitFailure) -> [Minimum] {
    try check(fixing)
    var search = Search(box: box(fixing: fixing, unbounding: nil), fixing: fixing, tangent: nil)
    var ends = [run(from: model.inits, in: &search)]
    for index in 1..<max(1, starts) {
      ends.append(run(fromDrawn: index, in: &search))
    }
    let converged = ends.filter(\.isConverged)
    guard !converged.isEmpty else { throw failure(search.best, fixing: fixing) }
    return converged
  }
}

// MARK: - Second minima

extension Fitter {
  /// Starts on the other side of the bends that are strong enough for a second minimum.
  ///
  /// Small models are searched with every combination of up to four bends, at microseconds a fit.
  /// Large ones get three starts far from the minimum; only if these don't all lead back to it, one
  /// bend after the other is tried, and some drawn points.
  private func lookBehindBends(in search: inout Search) {
    guard search.best.isConverged, !engine.bendingResponses.isEmpty else { return }
    if engine.model.inits.count <= 25 {
      searchCombinations(in: &search)
    } else if engine.isUnimodal != true {
      let suspects = suspects(share: 1, in: search)
      guard !suspects.isEmpty else { return }
      searchFarAway(in: &search)
      if engine.isUnimodal == false { searchOneByOne(suspects, in: &search) }
    }
  }

  /// Small models are tried from drawn points in their first fit, at microseconds each; where one of
  /// these ends in another minimum, in every fit.
  private func lookFromAfar(in search: inout Search) {
    guard engine.model.inits.count <= 40, engine.hasOneMinimum != true else { return }
    let found = search.best
    for index in 0..<6 {
      let other = run(fromDrawn: 4000 + index, in: &search)
      let isElsewhere = abs(other.value - found.value) > 1e-7 * max(1, abs(found.value))
      if other.isConverged, isElsewhere { engine.hasOneMinimum = false }
    }
    if engine.hasOneMinimum == nil, found.isConverged { engine.hasOneMinimum = true }
  }

  private func searchCombinations(in search: inout Search) {
    for _ in 0..<3 {
      let found = search.best
      let chosen = suspects(share: 0.1, in: search).prefix(4)
      for subset in 1..<max(1, 1 << chosen.count) {
        let combination = chosen.enumerated().filter { subset >> $0.offset & 1 == 1 }
        run(mirrored: combination.map(\.element), in: &search)
      }
      if search.best.value > found.value - 1e-9 { return }
    }
  }

  private func searchFarAway(in search: inout Search) {
    let found = search.best
    let points = engine.startingPoints
    let bent = engine.bendingResponses.parameters.filter { !search.box.isFixed[$0] }
    for start in [
      points.reflected(found.point, at: bent), points.shifted(bent, to: -1),
      points.shifted(bent, to: 1),
    ] {
      let other = run(from: start, maximumIterations: 40, in: &search)
      if other.isConverged {
        engine.isUnimodal = abs(other.value - found.value) < 1e-7 && engine.isUnimodal != false
      }
    }
  }

  private func searchOneByOne(_ suspects: [Int], in search: inout Search) {
    for index in 0..<8 { run(fromDrawn: 3000 + index, in: &search) }
    var sinceImprovement = 0
    for index in 0..<4 * suspects.count where sinceImprovement < suspects.count {
      let before = search.best.value
      run(mirrored: [suspects[index % suspects.count]], in: &search)
      sinceImprovement = search.best.value < before - 1e-9 ? 0 : sinceImprovement + 1
    }
  }

  private func suspects(share: Double, in search: Search) -> [Int] {
    engine.bendingResponses.suspects(
      data: data.main, expected: likelihood.expectedEvents(search.best.point), share: share
    ).map(\.index).filter { !search.box.isFixed[$0] }
  }

  private func run(mirrored indices: [Int], in search: inout Search) {
    run(from: engine.startingPoints.mirrored(search.best.point, at: indices), in: &search)
  }
}

// MARK: - Failures

extension Fitter {
  private func check(_ fixing: [Int: Double]) throws(FitFailure) {
    for (index, value) in fixing {
      guard model.inits.indices.contains(index) else {
        throw FitFailure(
          description: "a fit can't fix parameter \(index): the model has \(model.inits.count)")
      }
      guard value.isFinite else {
        throw FitFailure(
          description: "a fit can't fix '\(model.parameterNames[index])' at \(value)")
      }
    }
  }

  /// The bin without events that expects the most negative yield: −log L falls without end there.
  private func negativeBin(at point: [Double]) -> (channel: String, bin: Int, expected: Double)? {
    let expected = likelihood.expectedEvents(point)
    guard let worst = expected.indices.min(by: { expected[$0] < expected[$1] }),
      expected[worst] < 0, data.main[worst] == 0
    else { return nil }
    var first = 0
    var last = ""
    for (channel, _, cells) in model.cellLayout where channel != last {
      last = channel
      if worst < first + cells.count { return (channel, worst - first, expected[worst]) }
      first += cells.count
    }
    return nil
  }

  private func failure(_ end: Minimum, fixing: [Int: Double]) -> FitFailure {
    let fixed = fixing.sorted { $0.key < $1.key }
      .map { "\(model.parameterNames[$0.key]) = \($0.value)" }.joined(separator: ", ")
    let subject = fixed.isEmpty ? "the fit" : "the fit at \(fixed)"
    guard end.value.isFinite else {
      return FitFailure(
        description:
          "\(subject) didn't start: −log L is undefined at every starting point, so some bin "
          + "expects a negative yield, or none where events are observed; check the templates or "
          + "narrow the bounds")
    }
    if let bin = negativeBin(at: end.point) {
      return FitFailure(
        description: "\(subject) didn't converge: it led to where bin \(bin.bin) of channel "
          + "'\(bin.channel)', in which nothing is observed, expects \(bin.expected) events, and the "
          + "fewer the better (−2 log L = \(2 * end.value)); give the model a lower limit of yields, "
          + "or narrower bounds")
    }
    let steepest =
      end.steepestParameter.map { " (steepest: '\(model.parameterNames[$0])')" } ?? ""
    return FitFailure(
      description: "\(subject) didn't converge: −2 log L = \(2 * end.value), distance to the "
        + "minimum \(end.edm), projected gradient \(end.projectedGradient)\(steepest); "
        + "more starting points or narrower bounds may help")
  }
}
