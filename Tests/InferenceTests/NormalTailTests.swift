// SPDX-License-Identifier: Apache-2.0
import Foundation
import Inference
import Testing

@Suite struct NormalTailTests {
  /// z, log Φ(z), φ(z)/Φ(z): from the series of erf with 400 decimal digits (Python's decimal).
  static let reference: [(Double, Double, Double)] = [
    (-40, -804.608442013753788166606, 40.024968847207263723244),
    (-38.5, -745.695270290411081329610, 38.525939096854493696465),
    (-20, -203.917155371097263936804, 20.049753068527850542214),
    (-12.5, -81.5759678707438832173856, 12.579007304406976089117),
    (-11.5, -69.4937091290953462628399, 11.585688609767972448622),
    (-5, -15.0649983939887257360837, 5.1865039671258421156165),
    (-1, -1.84102164500926350577078, 1.5251352761609812090890),
    (-0.1, -0.77615459273027332078438, 0.8626174715309361401832),
    (0, -0.69314718055994530941723, 0.7978845608028653558798),
    (0.3, -0.48141016158848119832107, 0.6172208536127344438655),
    (1, -0.17275377902344988952648, 0.2875999709391783612286),
    (3, -0.00135080996474819379884, 0.0044378390421256637933),
    (6, -9.86587645524375731691479e-10, 6.0758828558176764452423e-9),
    (9, -1.12858840595384064779918e-19, 1.0279773571668914796462e-18),
  ]

  @Test("log Φ and φ/Φ agree with 400-digit values", arguments: reference)
  func values(z: Double, logCumulative: Double, hazard: Double) {
    #expect(abs(NormalTail.logCumulative(z) / logCumulative - 1) < 1e-14)
    #expect(abs(NormalTail.hazard(z) / hazard - 1) < 2e-13)
  }

  @Test("Far in the tail nothing underflows: log Φ(−z) ≈ −z²/2 − log(z √2π) − 1/z²")
  func farTail() {
    let z = 1e4
    let expected = -0.5 * z * z - log(z * (2 * Double.pi).squareRoot()) - 1 / (z * z)
    #expect(abs(NormalTail.logCumulative(-z) / expected - 1) < 1e-15)
  }

  @Test("The two branches meet at their seams", arguments: [-12.0, 0])
  func seams(seam: Double) {
    let below = NormalTail.logCumulative(seam.nextDown)
    let above = NormalTail.logCumulative(seam.nextUp)
    #expect(abs(below - above) < 1e-13 * abs(above))
  }

  @Test("The quantile inverts log Φ", arguments: [-30, -7.5, -2, -0.2, 0, 0.9, 2, 5.0])
  func quantile(z: Double) {
    let found = NormalTail.quantile(logProbability: NormalTail.logCumulative(z))
    #expect(abs(found - z) < 1e-12 * max(1, exp(z * z / 2) * 1e-3))
    #expect(NormalTail.quantile(logProbability: 0) == .infinity)
  }
}
