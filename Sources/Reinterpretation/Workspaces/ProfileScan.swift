// SPDX-License-Identifier: Apache-2.0
import Figures
import HistFactory
import Inference
import Workflow

/// The profile likelihood of one parameter.
public struct ProfileScan: Sendable, Hashable, Codable {
  /// One value of the parameter.
  public struct Point: Sendable, Hashable, Codable {
    /// The parameter's value.
    public let value: Double
    /// −2 Δ log L; nil where that fit failed.
    public let rise: Double?
    /// Why there is no number.
    public let failure: String?

    private enum CodingKeys: String, CodingKey {
      case value
      case rise = "delta_twice_nll"
      case failure
    }
  }

  /// Its name, such as `mu` or `gamma[2]`.
  public let parameter: String
  /// The fitted value.
  public let bestFit: Double
  /// From the Hessian; nil where that isn't positive definite.
  public let uncertainty: Double?
  /// In ascending order.
  public let points: [Point]

  private enum CodingKeys: String, CodingKey {
    case parameter
    case bestFit = "best_fit"
    case uncertainty, points
  }
}

extension WorkspaceSource {
  /// Scans the profile likelihood of a parameter.
  ///
  /// - Parameters:
  ///   - parameter: such as `mu` or `gamma[2]`; nil takes the parameter of interest.
  ///   - range: nil takes three standard deviations to both sides of the best fit, within the
  ///     parameter's bounds.
  ///   - steps: points, at least 2.
  public func likelihoodScan(
    of parameter: String? = nil, over range: ClosedRange<Double>? = nil, steps: Int = 31
  ) throws(Failure) -> ProfileScan {
    try classifiedWithName {
      let model = try model()
      let index = try model.slot(of: parameter, in: name)
      guard (2...100_000).contains(steps) else {
        throw Failure.refused("A scan has from 2 to 100000 points, not \(steps).")
      }
      let analyzer = try Analyzer(model)
      let fit = try analyzer.fit()
      let uncertainty = try analyzer.uncertainties(at: fit).map { $0[index] }
      let ends = range ?? model.scanned(index, around: fit.bestFit[index], by: uncertainty)
      let values = (0..<steps).map { step in
        let share = Double(step) / Double(steps - 1)
        return ends.lowerBound * (1 - share) + ends.upperBound * share
      }
      let scan = try analyzer.scan(of: index, at: values, around: fit)
      return ProfileScan(
        parameter: scan.parameter, bestFit: model.onBound(scan.bestFit, at: index),
        uncertainty: uncertainty,
        points: scan.points.map {
          ProfileScan.Point(value: $0.value, rise: $0.rise, failure: $0.failure)
        })
    }
  }
}

extension Model {
  /// The flat index of a parameter's value; nil names the parameter of interest.
  func slot(of named: String?, in file: String) throws(Failure) -> Int {
    guard let named else {
      guard let parameterOfInterest else {
        throw Failure.refused(
          "\(file): the measurement has no parameter of interest; name a parameter.")
      }
      return parameterOfInterest
    }
    if let index = parameterNames.firstIndex(of: named) { return index }
    let near = Suggestion.hint(for: named, among: parameterNames, known: "it has")
    throw Failure.refused("\(file): the model has no parameter '\(named)'\(near).")
  }

  /// Three standard deviations around a value, within the bounds of the parameter.
  fileprivate func scanned(_ index: Int, around value: Double, by uncertainty: Double?)
    -> ClosedRange<Double>
  {
    let width = 3 * (uncertainty.map { $0 > 0 ? $0 : 1 } ?? 1)
    let bounds = bounds[index]
    let lower = max(bounds.lowerBound, value - width)
    return lower...max(lower, min(bounds.upperBound, value + width))
  }
}

extension ProfileScan {
  /// The scan as SVG, without the points that failed.
  public func figure(title: String = "") throws(Failure) -> String {
    try classified {
      let known = points.compactMap { point in point.rise.map { (point.value, $0) } }
      var figure = LikelihoodScanFigure(
        title: title, parameter: FigureAxis(parameter == "mu" ? "\\mu" : parameter),
        curves: [.init("Data", values: known.map(\.0), twiceDeltaNLL: known.map(\.1))])
      figure.bestFit = bestFit
      return try figure.svg()
    }
  }
}
