// SPDX-License-Identifier: Apache-2.0

/// qμ = 2 (min −log L at mu − min −log L), or 0 where the best fit lies above mu
/// (arXiv:1007.1727 eq. 14).
struct ProfiledStatistic {
  /// A free fit this much above a conditional one is the same minimum to the fits' accuracy.
  static let tolerance = 1e-8

  let conditional: Minimum, free: Minimum
  /// Before negative values are cut off: below −`tolerance` the free fit is in the wrong minimum.
  let raw: Double
  let q: Double
  /// ∂q/∂mu: the conditional fit's gradient, as all other parameters are at their minimum.
  let derivative: Double

  init(mu: Double, conditional: Minimum, free: Minimum, poi: Int) {
    self.conditional = conditional
    self.free = free
    raw = 2 * (conditional.value - free.value)
    let isAbove = free.point[poi] > mu
    q = isAbove ? 0 : max(0, raw)
    derivative = isAbove ? 0 : 2 * conditional.gradient[poi]
  }
}
