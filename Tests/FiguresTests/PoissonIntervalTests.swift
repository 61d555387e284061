// SPDX-License-Identifier: Apache-2.0
import Figures
import Testing

/// Error bars of counts.
struct PoissonIntervalTests {
  /// From scipy 1.17.1: chi2.ppf(0.15865525393145707, 2n)/2 and chi2.isf(…, 2n + 2)/2.
  @Test(arguments: [
    (0, 0.0, 1.8410216450092631), (1, 0.17275377902344996, 3.299526559115855),
    (2, 0.7081854398189713, 4.637859623455245), (5, 2.8403088555932205, 8.382472652146888),
    (10, 6.891305560638357, 14.266949761009391), (51, 43.88206705747121, 59.18812173724121),
    (100, 90.0167451771134, 111.03336094114967), (1000, 968.3825014065658, 1032.633323474849),
    (100_000, 99683.77276110365, 100317.228820182),
  ])
  func intervalIsGarwoods(_ count: Int, _ lower: Double, _ upper: Double) {
    let point = StackFigure.Measurement(count: count)
    #expect(abs(point.value - point.down - lower) < 1e-6 * max(1, lower))
    #expect(abs(point.value + point.up - upper) < 1e-6 * upper)
  }
}
