// SPDX-License-Identifier: Apache-2.0
public import HistFactory

public struct Band: Sendable, Hashable, Codable {
  public var minus2: Double, minus1: Double, median: Double, plus1: Double, plus2: Double
  public var values: [Double] { [minus2, minus1, median, plus1, plus2] }
  public init(minus2: Double, minus1: Double, median: Double, plus1: Double, plus2: Double) {
    self.minus2 = minus2
    self.minus1 = minus1
    self.median = median
    self.plus1 = plus1
    self.plus2 = plus2
  }
}
public enum TestStatistic: String, Sendable, Hashable, Codable, CaseIterable { case q, qTilde = "qtilde" }
public struct FitOptions: Sendable {
  /// Number of starting points; 1 starts at inits only (more are added when the end point is suspicious).
  public var starts = 1
  public var seed: UInt64 = 0
  public var maximumIterations = 200
  public init() {}
}
public struct FitResult: Sendable {
  public let bestFit: [Double]
  public let twiceNLL: Double
  public let isConverged: Bool
  /// Estimated distance to the minimum of −log L.
  public let edm: Double
  /// Largest |∂(−log L)| over free parameters, projected on the bounds.
  public let projectedGradient: Double
  public let evaluations: Int
  public let parametersAtBounds: [String]
}
/// A fit that ended nowhere, as a sentence.
public struct FitFailure: Error, Sendable, CustomStringConvertible { public let description: String }
public struct HypothesisTest: Sendable {
  public let mu: Double
  public let testStatistic: TestStatistic
  public let observedCLs: Double, observedCLsb: Double, observedCLb: Double
  public let expectedCLs: Band
  public let muHat: Double
  public let q: Double, qAsimov: Double
  /// ∂ log(observedCLs)/∂(nominal yield), flat as Model.yieldRange; filled when asked for.
  public let yieldDerivatives: [Double]?
}
public struct UpperLimit: Sendable {
  public let observed: Double
  public let expected: Band
  public let confidenceLevel: Double
}
/// Everything one asks of a model and its data. Not Sendable: holds scratch and the last fits as warm starts.
public final class Analyzer {
  public init(_ model: Model, data: ModelData? = nil, options: FitOptions = FitOptions()) throws { fatalError("contract stub") }
  /// Maximum-likelihood fit; fixing: flat index → value.
  public func fit(fixing: [Int: Double] = [:]) throws -> FitResult { fatalError("contract stub") }
  /// √diag of the inverse Hessian at a fit, 0 for fixed parameters, nil where it isn't positive definite.
  public func uncertainties(at fit: FitResult) throws -> [Double]? { fatalError("contract stub") }
  public func hypothesisTest(mu: Double, testStatistic: TestStatistic = .qTilde, derivatives: Bool = false) throws -> HypothesisTest { fatalError("contract stub") }
  public func upperLimit(confidenceLevel: Double = 0.95, testStatistic: TestStatistic = .qTilde) throws -> UpperLimit { fatalError("contract stub") }
}
