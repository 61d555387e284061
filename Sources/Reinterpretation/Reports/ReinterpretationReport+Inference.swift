// SPDX-License-Identifier: Apache-2.0

extension ReinterpretationReport {
  /// A test of one signal strength.
  public struct Test: Sendable, Hashable, Codable {
    /// The step that made it.
    public let step: String
    /// The signal strength that was tested.
    public let mu: Double
    /// Observed CLs.
    public let cls: Double?
    /// 68 % half-width from the signal sample's finite size, when the model has none.
    public let clsUncertainty: Double?
    /// Expected CLs at −2σ…+2σ, or empty.
    public let clsExpected: [Double]
    /// The fitted signal strength.
    public let muHat: Double?

    private enum CodingKeys: String, CodingKey {
      case step, mu, cls
      case clsUncertainty = "cls_uncertainty"
      case clsExpected = "cls_expected"
      case muHat = "mu_hat"
    }

    /// A test from its parts.
    package init(
      step: String, mu: Double, cls: Double?, clsUncertainty: Double?, clsExpected: [Double],
      muHat: Double?
    ) {
      self.step = step
      self.mu = mu
      self.cls = cls
      self.clsUncertainty = clsUncertainty
      self.clsExpected = clsExpected
      self.muHat = muHat
    }

    /// The median expected CLs, or the observed one where there is no band.
    var sensitivity: Double { clsExpected.count == 5 ? clsExpected[2] : cls ?? 1 }
  }

  /// Upper limits of one step.
  public struct Limit: Sendable, Hashable, Codable {
    /// The step that made them.
    public let step: String
    /// On the signal strength.
    public let mu: Bound?
    /// On the cross-section, in the unit of ``unit``.
    public let crossSection: Bound?
    /// Unit of the cross-section limit, "fb".
    public let unit: String?

    private enum CodingKeys: String, CodingKey {
      case step, mu, unit
      case crossSection = "cross_section"
    }
  }

  /// An observed limit and the expected ones.
  public struct Bound: Sendable, Hashable, Codable {
    /// Observed.
    public let observed: Double
    /// Expected at −2σ…+2σ, or empty.
    public let expected: [Double]
  }

  /// A maximum-likelihood fit.
  public struct Fit: Sendable, Hashable, Codable {
    /// The step that made it.
    public let step: String
    /// The fitted signal strength.
    public let muHat: Double?
    /// Its uncertainty.
    public let muHatUncertainty: Double?
    /// −2 log L at the minimum.
    public let twiceNLL: Double

    private enum CodingKeys: String, CodingKey {
      case step
      case muHat = "mu_hat"
      case muHatUncertainty = "mu_hat_uncertainty"
      case twiceNLL = "twice_nll"
    }
  }
}
