// SPDX-License-Identifier: Apache-2.0

/// A signal's cross section, with what multiplies it each on its own.
public struct CrossSection: Sendable, Hashable, Codable {
  /// Picobarns, without any of the factors.
  public var value: Double
  /// Theory uncertainty of the value, pb.
  public var uncertainty: Double?
  /// Higher orders over the order of the value; 1 when it has them.
  public var kFactor: Double
  /// In (0, 1].
  public var branchingRatio: Double
  /// Share of events that the generator's filter kept, in (0, 1].
  public var filterEfficiency: Double

  /// A cross section in picobarns.
  public init(
    picobarns value: Double, uncertainty: Double? = nil, kFactor: Double = 1,
    branchingRatio: Double = 1, filterEfficiency: Double = 1
  ) {
    self.value = value
    self.uncertainty = uncertainty
    self.kFactor = kFactor
    self.branchingRatio = branchingRatio
    self.filterEfficiency = filterEfficiency
  }

  /// σ·k·BR·ε_filter, pb.
  public var effective: Double { value * kFactor * branchingRatio * filterEfficiency }
}

/// Integrated luminosity.
public struct Luminosity: Sendable, Hashable, Codable {
  /// fb⁻¹.
  public let inverseFemtobarns: Double

  /// A luminosity in fb⁻¹.
  public init(inverseFemtobarns: Double) { self.inverseFemtobarns = inverseFemtobarns }

  /// Expected events: the only place that knows the 1000 between pb and fb.
  public static func * (crossSection: CrossSection, luminosity: Luminosity) -> Double {
    crossSection.effective * luminosity.inverseFemtobarns * 1000
  }
}
