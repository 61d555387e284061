// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// How a histosys goes from its lower through its nominal to its upper template; pyhf's names.
public enum HistosysCode: String, Sendable, Hashable, Codable, CaseIterable {
  /// Straight lines with a kink at 0.
  case code0
  /// A parabola inside ±1, straight lines outside.
  case code2
  /// A polynomial of degree six inside ±1, straight lines outside; pyhf's default.
  case code4p

  var interpolation: ModelOptions.HistosysInterpolation {
    switch self {
    case .code0: .code0
    case .code2: .code2
    case .code4p: .code4p
    }
  }
}

/// How the factor of a normsys goes from lo through 1 to hi; pyhf's names.
public enum NormsysCode: String, Sendable, Hashable, Codable, CaseIterable {
  /// Exponentials with a kink at 0.
  case code1
  /// Exponentials outside ±1, a polynomial of degree six inside; pyhf's default.
  case code4

  var interpolation: ModelOptions.NormsysInterpolation {
    switch self {
    case .code1: .code1
    case .code4: .code4
    }
  }
}
