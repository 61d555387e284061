// SPDX-License-Identifier: Apache-2.0

/// How the values of a shapesys are written in HS3; the standard (0.2) says neither.
public enum HS3ShapesysValues: String, Sendable, Hashable, CaseIterable {
  /// Relative uncertainties, as ROOT reads and writes them.
  case relative
  /// Absolute uncertainties, as pyhs3 reads them.
  case absolute
}

/// The names of parameters in HS3, which are ROOT's: "alpha_jes", "gamma_stat_SR_0", "Lumi".
enum HS3Names {
  /// Of a scalar parameter with an interpolation.
  static func interpolated(_ name: String) -> String { "alpha_" + name }

  /// Of one slot of a bin-wise parameter.
  static func slot(_ name: String, _ index: Int) -> String { "gamma_\(name)_\(index)" }

  /// Of a model's parameter, one for each slot.
  static func names(of parameter: Parameter) -> [String] {
    if !parameter.isScalar {
      return parameter.range.indices.map { offset in
        slot(parameter.name, offset - parameter.range.lowerBound)
      }
    }
    if parameter.name == "lumi" { return ["Lumi"] }
    if case .normal = parameter.constraint { return [interpolated(parameter.name)] }
    return [parameter.name]
  }

  /// The name a workspace gives a scalar parameter of HS3.
  static func plain(_ name: String) -> String {
    if name == "Lumi" { return "lumi" }
    return name.hasPrefix("alpha_") ? String(name.dropFirst(6)) : name
  }

  /// The name a workspace gives the bin-wise parameter of some slots: what they have in common.
  static func common(_ slots: [String], otherwise: String) -> String {
    let stems = slots.enumerated().map { index, name -> String? in
      let parts = name.split(separator: "_", omittingEmptySubsequences: false)
      guard parts.count > 1, let last = parts.last, Int(last) != nil else { return nil }
      return parts.dropLast().joined(separator: "_")
    }
    guard let first = stems.first, let stem = first, stems.allSatisfy({ $0 == stem }) else {
      return otherwise
    }
    return stem.hasPrefix("gamma_") ? String(stem.dropFirst(6)) : stem
  }
}
