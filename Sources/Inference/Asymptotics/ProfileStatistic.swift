// SPDX-License-Identifier: Apache-2.0

/// The test statistics made of profile likelihoods (arXiv:1007.1727), t = −2 log(L(μ)/L(μ̂)) being
/// the likelihood of the best fit at μ over that of the best fit at all.
///
/// The best fit keeps to the bounds of the parameter of interest: q̃ and t̃ are q and t where the
/// lower bound is 0.
public enum ProfileStatistic: String, Sendable, Hashable, Codable, CaseIterable {
  /// Discovery: t at μ = 0, or 0 where μ̂ < 0 (equation 12).
  case q0
  /// Upper limits: t, or 0 where μ̂ > μ (equation 14).
  case q
  /// The same with μ̂ ≥ 0 (equation 16).
  case qTilde = "qtilde"
  /// Intervals: t itself (equation 8).
  case t
  /// The same with μ̂ ≥ 0 (equation 11).
  case tTilde = "ttilde"

  /// Whether the best fit at μ counts although μ̂ lies at muHat.
  func counts(mu: Double, muHat: Double) -> Bool {
    switch self {
    case .q0: muHat >= 0
    case .q, .qTilde: muHat <= mu
    case .t, .tTilde: true
    }
  }
}
