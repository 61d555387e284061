// SPDX-License-Identifier: Apache-2.0
import Events
import Testing

/// Charges against the Particle Data Group's table (package particle 0.26).
struct ParticleChargeTests {
  @Test func positive() {
    for id: Int64 in [
      -11, -13, -15, 24, 37, 211, 213, 321, 323, 411, 431, 521, 541, 2212, 3222, 4122, 4232, 5222,
      10_211, 20_413, 1_000_024, 1_000_037, -1_000_011, -2_000_015, 1_000_010_010,
    ] { #expect(ParticleCharge.of(id) == 1, "\(id)") }
  }

  @Test func neutral() {
    for id: Int64 in [
      0, 12, 14, 16, 21, 22, 23, 25, 35, 36, 111, 113, 130, 221, 310, 311, 331, 333, 421, 443, 511,
      531, 553, 2112, 3122, 3322, 5122, 1_000_021, 1_000_022, 1_000_023, 1_000_012, 1_000_039,
      1_000_000_010, 9_000_221, .max, .min,
    ] { #expect(ParticleCharge.of(id) == 0, "\(id)") }
  }

  @Test func others() {
    let table: [(Int64, Double)] = [
      (1, -1 / 3.0), (2, 2 / 3.0), (-5, 1 / 3.0), (6, 2 / 3.0), (2224, 2), (3334, -1), (3112, -1),
      (1_000_002, 2 / 3.0), (-2_000_001, 1 / 3.0), (1_000_006, 2 / 3.0), (2203, 4 / 3.0),
      (1103, -2 / 3.0), (1_000_020_040, 2), (1_000_822_080, 82), (-211, -1), (4422, 2),
    ]
    for (id, charge) in table { #expect(abs(ParticleCharge.of(id) - charge) < 1e-15, "\(id)") }
  }
}
