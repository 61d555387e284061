// SPDX-License-Identifier: Apache-2.0
import Reinterpretation

/// A fit for people.
enum FitText {
  /// The minimum and how good it is, then the parameters.
  static func lines(_ fit: BestFit) -> [String] {
    let rows = fit.parameters.sorted { $0.key < $1.key }.flatMap { name, values in
      values.indices.map { index in
        let label = values.count == 1 ? name : "\(name)[\(index)]"
        let isAtBound =
          fit.parametersAtBounds.contains(label)
          || fit.parametersAtBounds.contains("\(name)[\(index)]")
        return [
          label, NumberText.of(values[index], digits: 6),
          NumberText.of(fit.uncertainties?[name]?[index]), isAtBound ? "at its bound" : "",
        ]
      }
    }
    return [
      "twice_nll \(NumberText.of(fit.twiceNLL, digits: 10))  converged, EDM "
        + "\(NumberText.of(fit.edm, digits: 2)), projected gradient "
        + "\(NumberText.of(fit.projectedGradient, digits: 2)), \(fit.evaluations) evaluations", "",
    ]
      + Table(
        [.text("parameter"), .number("value"), .number("uncertainty"), .text("")], rows
      ).lines()
  }

  static func intervals(_ intervals: [String: ProfileInterval]) -> [String] {
    let rows = intervals.sorted { $0.key < $1.key }.map {
      [$0.key, NumberText.of($0.value.lower), NumberText.of($0.value.upper)]
    }
    return [""] + Table([.text("parameter"), .number("from"), .number("to")], rows).lines()
  }

  static func pulls(_ pulls: [FitPull]) -> [String] {
    let rows = pulls.map {
      [$0.parameter, NumberText.of($0.pull), NumberText.of($0.constraint)]
    }
    return [""]
      + Table([.text("parameter"), .number("pull"), .number("constraint")], rows).lines()
  }

  static func correlations(_ found: CorrelationTable) -> [String] {
    let rows = zip(found.parameters, found.matrix).map { name, row in
      [name] + row.map { NumberText.of($0, digits: 2) }
    }
    return [""]
      + Table([.text("correlation")] + found.parameters.map { .number($0) }, rows).lines()
  }

  /// Both minimisers' ends and the five parameters that differ most.
  static func crossCheck(_ check: FitComparison) -> [String] {
    let verdict =
      check.confirms
      ? "confirms the fit" : check.isConverged ? "found a better minimum" : "did not converge"
    let rows = check.parameters.prefix(5).map {
      [
        $0.parameter, NumberText.of($0.value, digits: 6), NumberText.of($0.second, digits: 6),
        NumberText.of($0.distance, digits: 2),
      ]
    }
    return [
      "",
      "second minimiser: twice_nll \(NumberText.of(check.twiceNLL, digits: 10)), difference "
        + "\(NumberText.of(check.difference, digits: 2)), \(check.evaluations) evaluations: "
        + verdict, "",
    ]
      + Table(
        [
          .text("differs most"), .number("value"), .number("second"), .number("apart (σ)"),
        ], rows
      ).lines()
  }

  /// Each minimum, and the parameter that moved most from the best one.
  static func minima(_ minima: [FoundMinimum], of starts: Int) -> [String] {
    guard let best = minima.first else { return [] }
    let rows = minima.map { minimum in
      [
        NumberText.of(minimum.twiceNLL, digits: 10),
        NumberText.of(minimum.twiceNLL - best.twiceNLL), "\(minimum.hits)",
        mostMoved(from: best, to: minimum),
      ]
    }
    let converged = minima.reduce(0) { $0 + $1.hits }
    return ["", "minima from \(starts) starting points, \(converged) of which converged", ""]
      + Table(
        [.number("twice_nll"), .number("above the best"), .number("starts"), .text("moved most")],
        rows
      ).lines()
  }

  private static func mostMoved(from best: FoundMinimum, to minimum: FoundMinimum) -> String {
    let moves = best.parameters.sorted { $0.key < $1.key }.flatMap { name, values in
      zip(values, minimum.parameters[name] ?? values).enumerated().map { index, pair in
        (label: values.count == 1 ? name : "\(name)[\(index)]", from: pair.0, to: pair.1)
      }
    }
    guard let most = moves.max(by: { abs($0.to - $0.from) < abs($1.to - $1.from) }),
      most.from != most.to
    else { return "" }
    return "\(most.label) \(NumberText.of(most.from)) → \(NumberText.of(most.to))"
  }
}
