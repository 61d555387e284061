// SPDX-License-Identifier: Apache-2.0
import Foundation
package import HistFactory

/// What toys are made for; those of equal plans may be merged.
public struct ToyPlan: Sendable, Hashable, Codable {
  /// The signal strength that is tested; 0 for `q0`.
  public let mu: Double
  /// The signal strength of the alternative: 1 for `q0`, else 0.
  public let alternativeMu: Double
  /// The test statistic.
  public let statistic: ProfileStatistic
  /// Seed of all toys; a toy is a function of it, its hypothesis and its number.
  public let seed: UInt64
  /// Digest of the model's structure, yields and data.
  public let fingerprint: String

  private enum CodingKeys: String, CodingKey {
    case mu
    case alternativeMu = "alternative_mu"
    case statistic = "test_statistic"
    case seed, fingerprint
  }

  package init(
    _ model: Model, data: ModelData, mu: Double, statistic: ProfileStatistic, seed: UInt64
  ) {
    self.mu = statistic == .q0 ? 0 : mu
    alternativeMu = statistic == .q0 ? 1 : 0
    self.statistic = statistic
    self.seed = seed
    var digest = Fingerprint()
    digest.add(model)
    digest.add(data.main)
    digest.add(data.auxiliary)
    fingerprint = digest.text
  }

  /// What keeps toys of another plan apart from those of this one; nil where nothing does.
  func difference(from other: ToyPlan) -> String? {
    if statistic != other.statistic {
      return "the test statistic is '\(other.statistic.rawValue)', not '\(statistic.rawValue)'"
    }
    if mu != other.mu || alternativeMu != other.alternativeMu {
      return "the signal strength is \(other.mu), not \(mu)"
    }
    if fingerprint != other.fingerprint {
      return "the model or its data are others (fingerprint \(other.fingerprint), not "
        + "\(fingerprint))"
    }
    return seed == other.seed ? nil : "the seed is \(other.seed), not \(seed)"
  }
}

/// FNV-1a with 64 bits: tells files apart that were mixed up, not files that were forged.
private struct Fingerprint {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  /// All that toys and their test statistics depend on, but for the data.
  mutating func add(_ model: Model) {
    for name in model.parameterNames { add(name) }
    for name in model.channelNames { add(name) }
    add(model.parameterOfInterest.map { model.parameterNames[$0] } ?? "")
    add(model.inits)
    add(model.yields)
    add(model.bounds.map(\.lowerBound))
    add(model.bounds.map(\.upperBound))
    add(model.isFixed.map { $0 ? 1 : 0 })
    for parameter in model.parameters {
      switch parameter.constraint {
      case .none: add("none")
      case .normal(_, let sigmas):
        add("normal")
        add(sigmas)
      case .poisson(_, let tau):
        add("poisson")
        add(tau)
      }
    }
    add([model.options.minimumSampleYield ?? -1, model.options.minimumBinYield ?? -1])
    // Systematics show in what is expected on either side of the nominal point.
    for step in [0.5, -0.5] {
      add(model.expectedData(model.inits.map { $0 + step }).main)
    }
  }

  mutating func add(_ numbers: [Double]) {
    add(UInt64(numbers.count))
    for number in numbers { add(number.bitPattern) }
  }

  private mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte: byte) }
    add(byte: 0)
  }

  private mutating func add(_ word: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) {
      add(byte: UInt8(truncatingIfNeeded: word >> UInt64(shift)))
    }
  }

  private mutating func add(byte: UInt8) {
    state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }

  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
