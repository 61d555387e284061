// SPDX-License-Identifier: Apache-2.0

/// Electric charges from particle numbers (PDG, "Monte Carlo particle numbering scheme").
package enum ParticleCharge {
  /// Charge in units of the positron's; 0 for numbers the scheme doesn't know.
  package static func of(_ pdgId: Int64) -> Double {
    guard pdgId != .min else { return 0 }
    let thirds = thirds(of: abs(pdgId))
    return Double(pdgId < 0 ? -thirds : thirds) / 3
  }

  /// Quarks, leptons and bosons, in thirds.
  private static let fundamental: [Int64: Int] = [
    1: -1, 2: 2, 3: -1, 4: 2, 5: -1, 6: 2, 7: -1, 8: 2, 11: -3, 13: -3, 15: -3, 17: -3, 24: 3,
    34: 3, 37: 3, 38: 6, 42: -1, 62: 3,
  ]
  /// Particles of theories beyond, whose last digits aren't those of a partner.
  private static let beyond: [Int64: Int] = [1_000_024: 3, 1_000_037: 3]

  private static func thirds(of number: Int64) -> Int {
    if let charge = fundamental[number] ?? beyond[number] { return charge }
    if number < 101 { return 0 }
    // Nuclei: 10LZZZAAAI.
    if number / 100_000_000 == 10 { return 3 * Int(number / 10_000 % 1000) }
    // Supersymmetric partners and excited fermions: charge of the partner.
    if [1, 2, 4].contains(number / 1_000_000), number % 1_000_000 < 100 {
      return isNeutralPartner(number) ? 0 : fundamental[number % 1_000_000] ?? 0
    }
    return number < 1_000_000_000 ? hadron(number) : 0
  }

  /// Neutralinos carry numbers beside those of the charginos.
  private static func isNeutralPartner(_ number: Int64) -> Bool {
    [1_000_021, 1_000_022, 1_000_023, 1_000_025, 1_000_035, 1_000_039].contains(number)
  }

  /// The quarks' charges: three of a baryon, two of a diquark, quark and antiquark of a meson, whose
  /// heavier one is an antiquark if it is of the down kind.
  private static func hadron(_ number: Int64) -> Int {
    let digits = [number / 1000 % 10, number / 100 % 10, number / 10 % 10]
    let charges = digits.map { fundamental[$0] ?? 0 }
    guard digits.allSatisfy({ $0 < 9 }), digits[1] > 0, digits[0] > 0 || digits[2] > 0 else {
      return 0
    }
    if digits[0] == 0 {
      let difference = charges[1] - charges[2]
      return digits[1].isMultiple(of: 2) ? difference : -difference
    }
    return charges.reduce(0, +)
  }
}
