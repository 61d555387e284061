// SPDX-License-Identifier: Apache-2.0

/// What an analysis says about a signal at μ = 1, never as a bare number.
public struct Verdict: Sendable, Hashable, Codable {
  /// The vocabulary.
  public enum Conclusion: String, Sendable, Hashable, Codable, CaseIterable {
    /// CLs < 0.05.
    case excluded
    /// CLs ≥ 0.05.
    case allowed
    /// The 68 % interval of CLs crosses 0.05.
    case inconclusive
    /// No test of μ = 1 was made.
    case untested
  }

  /// The conclusion.
  public let conclusion: Conclusion
  /// The step whose test decides.
  public let step: String?
  /// Its observed CLs.
  public let cls: Double?
  /// The 68 % half-width of that CLs from the signal sample's finite size, where the model has none.
  public let clsUncertainty: Double?
  /// Whether the signal's point lies outside the convex hull of the validated points; nil when the
  /// signal has no point, or the version no validated signals.
  public let isExtrapolated: Bool?
  /// The rule that was applied, in one sentence.
  public let rule: String

  private enum CodingKeys: String, CodingKey {
    case conclusion, step, cls, rule
    case clsUncertainty = "cls_uncertainty"
    case isExtrapolated = "extrapolated"
  }

  /// The size of the test: 1 − the confidence level of 95 %.
  static let threshold = 0.05
}

extension Verdict {
  /// Decides by the test with the smallest median expected CLs: the most sensitive one, chosen
  /// without looking at the data.
  package init(_ tests: [ReinterpretationReport.Test], isExtrapolated: Bool?) {
    let candidates = tests.filter { $0.mu == 1 && $0.cls != nil }
    let deciding = candidates.min { $0.sensitivity < $1.sensitivity }
    guard let deciding, let cls = deciding.cls else {
      self.init(
        conclusion: .untested, step: nil, cls: nil, clsUncertainty: nil,
        isExtrapolated: isExtrapolated, rule: "no CLs at mu = 1 was computed")
      return
    }
    let uncertainty = deciding.clsUncertainty
    let isCrossing = uncertainty.map { abs(cls - Self.threshold) <= $0 } ?? false
    let rule =
      if isCrossing {
        "the 68 % interval of CLs from the signal sample's finite size crosses 0.05"
      } else if cls < Self.threshold {
        "CLs < 0.05 at mu = 1"
      } else {
        "CLs >= 0.05 at mu = 1"
      }
    self.init(
      conclusion: isCrossing ? .inconclusive : cls < Self.threshold ? .excluded : .allowed,
      step: deciding.step, cls: cls, clsUncertainty: uncertainty, isExtrapolated: isExtrapolated,
      rule: candidates.count == 1
        ? rule : rule + ", in the test that is the most sensitive by expectation")
  }
}
