// SPDX-License-Identifier: Apache-2.0

/// The closed vocabulary of result rows.
public enum Quantity: String, Sendable, Hashable, Codable, CaseIterable {
  /// CLs, CLs+b and CLb of the data at μ (Read 2002; arXiv:1007.1727).
  case cls, cls_sb, cls_b
  /// CLs expected without signal, `sigma` −2…+2.
  case cls_expected
  /// Upper limit on μ, and expected without signal.
  case upper_limit, upper_limit_expected
  /// Best-fit signal strength, and twice the negative logarithm of the likelihood there.
  case mu_hat, twice_nll
  /// Discovery p-value and its significance in standard deviations.
  case p0, significance
  /// Expected signal events of a region, and their uncertainty.
  case yield, yield_uncertainty
  /// Selected over generated Σw.
  case acceptance_times_efficiency
  /// Upper limit on the signal's cross section in `unit`, and expected without signal.
  case cross_section_upper_limit, cross_section_upper_limit_expected
  /// Upper limit on cross section × acceptance × efficiency, fb.
  case visible_cross_section_upper_limit
  /// What is left after a cut.
  case cutflow
  /// Events for which something was missing or not finite.
  case missing_values, nonfinite_values
  /// The best-fit value of a parameter (`subject`).
  case best_fit
}

/// One number with what it is a number of.
public struct ResultValue: Sendable, Hashable, Codable {
  /// What it is.
  public var quantity: Quantity
  /// Region, cut, channel, bin or parameter; nil for the whole step.
  public var subject: String?
  /// −2…+2 in a band, nil otherwise.
  public var sigma: Int?
  /// The number, finite, in `unit`.
  public var value: Double
  /// Statistical uncertainty, in `unit`.
  public var uncertainty: Double?
  /// Number of events behind the value.
  public var entries: Int?
  /// Σw of these events.
  public var sumW: Double?
  /// Σw² of these events.
  public var sumW2: Double?
  /// As in `pb`; nil for a pure number.
  public var unit: String?

  /// A result from its parts.
  public init(
    _ quantity: Quantity, subject: String? = nil, sigma: Int? = nil, value: Double,
    uncertainty: Double? = nil, entries: Int? = nil, sumW: Double? = nil, sumW2: Double? = nil,
    unit: String? = nil
  ) {
    self.quantity = quantity
    self.subject = subject
    self.sigma = sigma
    self.value = value
    self.uncertainty = uncertainty
    self.entries = entries
    self.sumW = sumW
    self.sumW2 = sumW2
    self.unit = unit
  }
}
