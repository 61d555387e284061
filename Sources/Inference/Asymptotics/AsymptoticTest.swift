// SPDX-License-Identifier: Apache-2.0
import Foundation

/// CLs from a test statistic and its value on the background-only Asimov data, in the limit of
/// many events (arXiv:1007.1727 eqs. 59–66), as logarithms: 10⁻¹²⁴ is an ordinary value here.
package struct AsymptoticTest: Sendable, Hashable {
  /// CLs = CLsb / CLb.
  package let logCLs: Double, logCLsb: Double, logCLb: Double
  /// ∂ log CLs/∂q at fixed qAsimov, and the other way round; the former is 0 at q = 0, where q
  /// is the square of something that passes through 0.
  package let derivativeQ: Double, derivativeQAsimov: Double

  /// q and qAsimov ≥ 0.
  package init(q: Double, qAsimov: Double, testStatistic: TestStatistic) {
    let root = q.squareRoot()
    let rootAsimov = qAsimov.squareRoot()
    // Arguments of Φ in CLsb and CLb, and their derivatives.
    let sb: Double, b: Double
    let sbByQ: Double, bByQ: Double, sbByAsimov: Double, bByAsimov: Double
    if testStatistic == .q || root <= rootAsimov {
      sb = -root
      b = rootAsimov - root
      sbByQ = root > 1e-7 ? -0.5 / root : 0
      bByQ = sbByQ
      sbByAsimov = 0
      bByAsimov = rootAsimov > 0 ? 0.5 / rootAsimov : 0
    } else {
      // qAsimov = 0 (the signal changes nothing) with q > 0 can only be rounding: as q = 0.
      let scale = rootAsimov > 0 ? 0.5 / rootAsimov : 0
      sb = -(q + qAsimov) * scale
      b = -(q - qAsimov) * scale
      sbByQ = -scale
      bByQ = -scale
      let ratio = rootAsimov > 0 ? q / qAsimov : 1
      sbByAsimov = -0.5 * scale * (1 - ratio)
      bByAsimov = 0.5 * scale * (1 + ratio)
    }
    logCLsb = NormalTail.logCumulative(sb)
    logCLb = NormalTail.logCumulative(b)
    let difference = logCLsb - logCLb
    // Above 0 is rounding; not `min`, which would make a number of NaN.
    logCLs = difference > 0 ? 0 : difference
    let hazardSb = NormalTail.hazard(sb)
    let hazardB = NormalTail.hazard(b)
    derivativeQ = hazardSb * sbByQ - hazardB * bByQ
    derivativeQAsimov = hazardSb * sbByAsimov - hazardB * bByAsimov
  }

  /// log CLs expected without a signal when the data fluctuate by `sigmas` standard deviations;
  /// ascending with `sigmas`.
  package static func expectedLogCLs(qAsimov: Double, sigmas: Double) -> Double {
    NormalTail.logCumulative(sigmas - qAsimov.squareRoot()) - NormalTail.logCumulative(sigmas)
  }

  /// ∂/∂qAsimov of `expectedLogCLs`; 0 at 0, where it has none.
  package static func expectedDerivative(qAsimov: Double, sigmas: Double) -> Double {
    let root = qAsimov.squareRoot()
    return root > 0 ? -0.5 * NormalTail.hazard(sigmas - root) / root : 0
  }

  /// The √qAsimov at which the expected CLs is 1 − confidenceLevel.
  package static func rootQAsimov(confidenceLevel: Double, sigmas: Double) -> Double {
    let logCLsb = log1p(-confidenceLevel) + NormalTail.logCumulative(sigmas)
    return sigmas - NormalTail.quantile(logProbability: logCLsb)
  }
}
