// SPDX-License-Identifier: Apache-2.0

/// How a workspace becomes a model: what lies between its templates, and what happens to yields
/// that fall below nothing.
public struct ModelOptions: Sendable, Hashable {
  /// How a histosys goes from its lower through its nominal to its upper template.
  ///
  /// Every code is a·S + q(a)·A with S = (hi − lo)/2 and A = (hi + lo − 2 nominal)/16; only the even
  /// function q differs.
  public enum HistosysInterpolation: String, Sendable, Hashable, CaseIterable {
    /// Straight lines with a kink at 0: q = 8|a|. At the kink derivatives are means of both sides.
    case code0
    /// A parabola inside ±1, q = 8a², straight lines outside, q = 8(2|a| − 1).
    ///
    /// Outside ±1 pyhf 0.7.6 leaves out the parabola's end value and so jumps; this is the continuous
    /// function of ROOT.
    case code2
    /// A polynomial of degree six inside ±1, q = a²(15 − 10a² + 3a⁴), straight lines outside, twice
    /// continuously differentiable.
    case code4p
  }

  /// How the factor of a normsys goes from lo through 1 to hi.
  public enum NormsysInterpolation: String, Sendable, Hashable, CaseIterable {
    /// hi^a above 0, lo^−a below: a kink at 0, where derivatives are means of both sides.
    case code1
    /// The exponentials outside ±1 and a polynomial of degree six between them, twice continuously
    /// differentiable.
    case code4
  }

  /// For all histosys of the model.
  public var histosys: HistosysInterpolation
  /// For all normsys of the model.
  public var normsys: NormsysInterpolation
  /// The fewest events a sample may expect in a bin (pyhf's `clip_sample_data`); nil for no limit.
  public var minimumSampleYield: Double?
  /// The fewest events all samples of a bin may expect (pyhf's `clip_bin_data`); nil for no limit.
  public var minimumBinYield: Double?

  /// pyhf's defaults, unless said otherwise.
  public init(
    histosys: HistosysInterpolation = .code4p, normsys: NormsysInterpolation = .code4,
    minimumSampleYield: Double? = nil, minimumBinYield: Double? = nil
  ) {
    self.histosys = histosys
    self.normsys = normsys
    self.minimumSampleYield = minimumSampleYield
    self.minimumBinYield = minimumBinYield
  }
}

extension ModelOptions.HistosysInterpolation {
  /// q(a) with its first and second derivative.
  @inline(__always)
  func bend(_ a: Double) -> (value: Double, slope: Double, curvature: Double) {
    let square = a * a
    let sign = a > 0 ? 1.0 : -1
    switch self {
    case .code4p:
      if square < 1 {
        return (
          square * (15 + square * (3 * square - 10)), a * (30 + square * (18 * square - 40)),
          30 + square * (90 * square - 120)
        )
      }
      return (8 * abs(a), 8 * sign, 0)
    case .code2:
      return square < 1 ? (8 * square, 16 * a, 16) : (8 * (2 * abs(a) - 1), 16 * sign, 0)
    case .code0: return (8 * abs(a), a == 0 ? 0 : 8 * sign, 0)
    }
  }

  /// The largest second derivative of q; that of a kink is taken as if it were spread over ±1/2.
  var largestBend: Double {
    switch self {
    case .code4p: 30
    case .code2, .code0: 16
    }
  }
}
