// SPDX-License-Identifier: Apache-2.0

/// 2 (min −log L at mu − min −log L), or 0 where the test statistic doesn't count: for qμ where the
/// best fit lies above mu (arXiv:1007.1727 eq. 14).
struct ProfiledStatistic {
  /// A free fit this much above a conditional one is the same minimum to the fits' accuracy.
  static let tolerance = 1e-8

  let free: Minimum
  /// Nil where the statistic is 0 whatever it is, and none was needed.
  let conditional: Minimum?
  let q: Double
  /// ∂q/∂mu: the conditional fit's gradient, as all other parameters are at their minimum.
  let derivative: Double
  /// The conditional fit is better than the free one, which therefore ended in the wrong minimum.
  let isContradiction: Bool

  init(
    _ statistic: ProfileStatistic = .qTilde, mu: Double, free: Minimum, poi: Int,
    conditionalFit: () throws -> Minimum
  ) rethrows {
    self.free = free
    guard statistic.counts(mu: mu, muHat: free.point[poi]) else {
      conditional = nil
      q = 0
      derivative = 0
      isContradiction = false
      return
    }
    let conditional = try conditionalFit()
    let difference = 2 * (conditional.value - free.value)
    self.conditional = conditional
    q = difference < 0 ? 0 : difference  // Not `max`, which would make a number of NaN.
    derivative = 2 * conditional.gradient[poi]
    isContradiction = difference < -Self.tolerance
  }
}
