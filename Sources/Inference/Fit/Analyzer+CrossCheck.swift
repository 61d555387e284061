// SPDX-License-Identifier: Apache-2.0
import HistFactory

extension Analyzer {
  /// Repeats a fit from the model's initial values by limited-memory BFGS.
  public func crossCheck(_ fit: FitResult) throws -> FitCrossCheck {
    var box = observed.box
    var start = model.inits
    for i in fit.isFixed.indices where fit.isFixed[i] {
      box.isFixed[i] = true
      start[i] = fit.bestFit[i]
    }
    let uncertainties = try covariance(at: fit)?.uncertainties
    let scales = zip(model.constraintWidths, model.inits).map { $0 ?? max(0.1, 0.1 * abs($1)) }
    let other = ProjectedQuasiNewton(observed.objective)
      .minimise(from: start, in: box, scales: scales)
    let distances = fit.bestFit.indices.map { i in
      let unit = uncertainties?[i] ?? 0
      return abs(other.point[i] - fit.bestFit[i]) / (unit > 0 ? unit : 1)
    }
    let farthest = distances.indices.max { distances[$0] < distances[$1] }
    return FitCrossCheck(
      isConverged: other.isConverged, twiceNLL: 2 * other.value, bestFit: other.point,
      difference: 2 * other.value - fit.twiceNLL,
      evaluations: other.evaluations,
      farthestParameter: farthest.map { model.parameterNames[$0] } ?? "",
      distance: farthest.map { distances[$0] } ?? 0)
  }

  /// The different minima that fits from several starting points end in, the best first.
  ///
  /// Starts that don't converge are left out. Two ends are one minimum if their −2 log L agree within
  /// 10⁻⁶ and no parameter differs by more than 10⁻³ of the larger of 1 and its value.
  ///
  /// - Parameters:
  ///   - starts: at least 1; the first is the model's initial values, the others are drawn.
  ///   - fixing: flat index → value, also outside the bounds.
  /// - Throws: `InvalidHypothesis` for fewer than one start, `FitFailure` if none converges.
  public func minima(starts: Int = 20, fixing: [Int: Double] = [:]) throws -> [FitMinimum] {
    guard starts >= 1 else {
      throw InvalidHypothesis(
        description: "minima are looked for from at least one starting point, not \(starts)")
    }
    let ends = try observed.ends(starts: starts, fixing: fixing)
    var groups: [(end: Minimum, hits: Int)] = []
    for end in ends.sorted(by: { $0.value < $1.value }) {
      if let known = groups.firstIndex(where: { isSame($0.end, end) }) {
        groups[known].hits += 1
      } else {
        groups.append((end, 1))
      }
    }
    return groups.map {
      FitMinimum(twiceNLL: 2 * $0.end.value, bestFit: $0.end.point, hits: $0.hits)
    }
  }

  private func isSame(_ a: Minimum, _ b: Minimum) -> Bool {
    abs(a.value - b.value) < 5e-7
      && zip(a.point, b.point).allSatisfy { abs($0 - $1) < 1e-3 * max(1, abs($0)) }
  }
}
