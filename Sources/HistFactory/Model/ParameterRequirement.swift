// SPDX-License-Identifier: Apache-2.0

/// What modifiers of one kind need of the parameter they are named after.
struct ParameterRequirement: Equatable {
  enum Form: String { case free = "unconstrained", normal, poisson }

  var form: Form
  var count: Int
  var isScalar: Bool
  /// nil where the measurement has to say it.
  var inits: [Double]?
  var bounds: [ClosedRange<Double>]?
  var isFixed: [Bool]
  /// nil where the measurement has to say it, empty for unconstrained parameters.
  var auxiliary: [Double]?
  /// Widths of a normal constraint; nil where the measurement has to say it.
  var sigmas: [Double]?
  /// Whether the measurement may set the widths.
  var acceptsSigmas = false
  /// Rates of a Poisson constraint at parameter = 1.
  var tau: [Double] = []

  static let normfactor = ParameterRequirement(
    form: .free, count: 1, isScalar: true, inits: [1], bounds: [0...10], isFixed: [false],
    auxiliary: [])

  /// normsys and histosys.
  static let interpolation = ParameterRequirement(
    form: .normal, count: 1, isScalar: true, inits: [0], bounds: [-5...5], isFixed: [false],
    auxiliary: [0], sigmas: [1])

  static let lumi = ParameterRequirement(
    form: .normal, count: 1, isScalar: true, isFixed: [false], acceptsSigmas: true)

  static func shapefactor(bins: Int) -> ParameterRequirement {
    ParameterRequirement(
      form: .free, count: bins, isScalar: false, inits: Array(repeating: 1, count: bins),
      bounds: Array(repeating: 0...10, count: bins), isFixed: Array(repeating: false, count: bins),
      auxiliary: [])
  }

  /// tau = (yield/uncertainty)²; a bin without yield or without uncertainty is fixed, with tau 1.
  static func shapesys(yields: [Double], uncertainties: [Double]) -> ParameterRequirement {
    let isValid = zip(yields, uncertainties).map { $0 > 0 && $1 > 0 }
    let tau = zip(isValid, zip(yields, uncertainties)).map { valid, bin in
      valid ? bin.0 * bin.0 / (bin.1 * bin.1) : 1
    }
    return ParameterRequirement(
      form: .poisson, count: tau.count, isScalar: false,
      inits: Array(repeating: 1, count: tau.count),
      bounds: Array(repeating: 1e-10...10, count: tau.count), isFixed: isValid.map { !$0 },
      auxiliary: tau, tau: tau)
  }

  /// Relative widths; 0 fixes the slot, with width 1 so that its constraint is defined.
  static func staterror(relativeUncertainties: [Double]) -> ParameterRequirement {
    let count = relativeUncertainties.count
    return ParameterRequirement(
      form: .normal, count: count, isScalar: false, inits: Array(repeating: 1, count: count),
      bounds: Array(repeating: 1e-10...10, count: count),
      isFixed: relativeUncertainties.map { $0 == 0 }, auxiliary: Array(repeating: 1, count: count),
      sigmas: relativeUncertainties.map { $0 == 0 ? 1 : $0 }, acceptsSigmas: true)
  }
}
