// SPDX-License-Identifier: Apache-2.0

/// What became of one signal: everything a physicist asks first, from cutflow to verdict.
public struct ReinterpretationReport: Sendable, Hashable, Codable {
  /// The analysis' name.
  public let analysis: String
  /// The version's number.
  public let version: Int
  /// The analysis' title.
  public let title: String
  /// The signal's name.
  public let signal: String
  /// The signal's point: parameter → value, units in the names.
  public let point: [String: Double]
  /// The run's number.
  public let run: Int64
  /// `succeeded`, `failed` or `cancelled`.
  public let status: String
  /// Why the run did not succeed.
  public let message: String?
  /// Wall seconds of this call.
  public let seconds: Double
  /// The steps in topological order.
  public let steps: [Step]
  /// Rows of all cutflows, in order.
  public let cutflow: [CutflowRow]
  /// Acceptance times efficiency of each region that a selection reports.
  public let acceptances: [Acceptance]
  /// Signal regions with the signal's yields.
  public let regions: [Region]
  /// Tests of a signal strength.
  public let tests: [Test]
  /// Upper limits.
  public let limits: [Limit]
  /// Maximum-likelihood fits.
  public let fits: [Fit]
  /// What it all says.
  public let verdict: Verdict
}

extension ReinterpretationReport {
  private enum CodingKeys: String, CodingKey {
    case analysis, version, title, signal, point, run, status, message, seconds, steps, cutflow
    case regions, tests, limits, fits, verdict
    case acceptances = "acceptance_times_efficiency"
  }

  /// Whether the run succeeded.
  public var isSuccess: Bool { status == "succeeded" }
  /// Steps that were not executed because their output was there.
  public var cachedCount: Int { steps.count { $0.state == .cached } }

  /// A step of the run.
  public struct Step: Sendable, Hashable, Codable {
    /// How it came by its output.
    public enum State: String, Sendable, Hashable, Codable, CaseIterable {
      case executed, cached, failed, skipped, cancelled, pending
    }

    /// The step's id.
    public let id: String
    /// Its kind.
    public let kind: String
    /// How it came by its output.
    public let state: State
    /// Why it was executed or not.
    public let reason: String
    /// Why it failed.
    public let message: String?
    /// Wall seconds of its execution; nil when it was not executed.
    public let seconds: Double?
  }

  /// One line of a cutflow.
  public struct CutflowRow: Sendable, Hashable, Codable {
    /// The step that made it.
    public let step: String
    /// The region, nil for the row of all events.
    public let region: String?
    /// The cut.
    public let cut: String
    /// Unweighted events left after the cut.
    public let entries: Int?
    /// Σw left after the cut.
    public let sumW: Double
    /// Σw over the Σw of all events; nil when that is unknown.
    public let efficiency: Double?

    private enum CodingKeys: String, CodingKey {
      case step, region, cut, entries, efficiency
      case sumW = "sum_w"
    }
  }

  /// The part of the signal that a region selects.
  public struct Acceptance: Sendable, Hashable, Codable {
    /// The step that made it.
    public let step: String
    /// The region.
    public let region: String
    /// Σw selected over Σw of all events.
    public let value: Double
    /// Its statistical uncertainty.
    public let uncertainty: Double?
    /// Unweighted selected events.
    public let entries: Int?
  }

  /// A channel of the statistical model, its bins added up.
  public struct Region: Sendable, Hashable, Codable {
    /// The channel's name.
    public let name: String
    /// Expected signal events at the analysis' luminosity and μ = 1.
    public let yield: Double
    /// Its uncertainty from the sample's finite size.
    public let uncertainty: Double?
    /// Unweighted signal events.
    public let entries: Int?
    /// Observed events; nil when the model isn't known.
    public let observed: Double?
    /// Background events before any fit; nil when the model isn't known.
    public let background: Double?
  }

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
