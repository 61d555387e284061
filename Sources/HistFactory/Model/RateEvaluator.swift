// SPDX-License-Identifier: Apache-2.0
import CKernels
import Differentiation

/// Expected events of a model at one point, with everything that derivatives need of the way there.
final class RateEvaluator {
  let structure: ModelStructure
  let parameters: WorkArray
  /// a of all parameters with histosys, then q(a) of all, with padding that stays 0.
  let coefficients: WorkArray
  /// dq/da and d²q/da² per histosys parameter.
  let bendSlopes: WorkArray
  let bendCurvatures: WorkArray
  /// Of the normsys factors f [entries × 8]: f′/f and (f′/f)′.
  let normsysSlopes: WorkArray
  let normsysCurvatures: WorkArray
  /// [cells] h: nominal yields deformed by the templates.
  let shapes: WorkArray
  /// [cells] r: product of bin-wise factors.
  let binwiseFactors: WorkArray
  /// Products of the normsys factors, as the structure's table has them.
  let normsysProducts: WorkArray
  /// [samples] product of the normsys factors, normfactors and lumi.
  let scales: WorkArray
  /// [bins] expected events.
  let rates: WorkArray
  /// For models whose yields have lower limits.
  let limits: YieldLimits?
  /// Point into the tables of `structure`.
  private(set) var tables: kernel_rate_tables
  private(set) var normsysTables: kernel_normsys_tables

  init(_ structure: ModelStructure, parameterCount: Int) {
    self.structure = structure
    tables = structure.kernelTables
    normsysTables = structure.normsys.kernelTables(isSmooth: structure.options.normsys == .code4)
    parameters = WorkArray(parameterCount)
    coefficients = WorkArray(structure.templates.coefficientCount)
    bendSlopes = WorkArray(structure.templates.bends)
    bendCurvatures = WorkArray(structure.templates.bends)
    normsysSlopes = WorkArray(structure.normsys.laneCount)
    normsysCurvatures = WorkArray(structure.normsys.laneCount)
    shapes = WorkArray(structure.cellCount)
    binwiseFactors = WorkArray(structure.cellCount)
    normsysProducts = WorkArray(structure.normsys.productCount)
    scales = WorkArray(structure.samples.count)
    rates = WorkArray(structure.binCount)
    limits = YieldLimits(structure)
    // Cells without bin-wise modifiers keep this value.
    binwiseFactors.fill(1)
  }

  var expectedEvents: [Double] { rates.values }

  /// Fills `rates` and the rest for a full parameter vector.
  ///
  /// - Parameter curvatures: whether `normsysCurvatures` are, too: only Hessians need them.
  func evaluate(_ point: [Double], curvatures: Bool = false) {
    point.withUnsafeBufferPointer { evaluate($0, curvatures: curvatures) }
  }

  func evaluate(_ point: UnsafeBufferPointer<Double>, curvatures: Bool = false) {
    precondition(
      point.count == parameters.count,
      "a model with \(parameters.count) parameters was given \(point.count) values")
    if let start = point.baseAddress {
      parameters.base.update(from: start, count: point.count)
    }
    interpolate()
    kernel_normsys_factors(
      normsysProducts.base, normsysSlopes.base, curvatures ? normsysCurvatures.base : nil,
      &normsysTables, parameters.base)
    rates.clear()
    kernel_rates(
      rates.base, scales.base, shapes.base, binwiseFactors.base, &tables, parameters.base,
      coefficients.base, normsysProducts.base)
    limits?.apply(to: self)
  }

  /// a and q(a) with its derivatives.
  private func interpolate() {
    let templates = structure.templates, interpolation = structure.options.histosys
    if interpolation == .code4p {
      return kernel_bends(
        coefficients.base, bendSlopes.base, bendCurvatures.base, parameters.base,
        templates.parameters.base, templates.parameters.count, templates.bends)
    }
    for k in 0..<templates.parameters.count {
      let a = parameters.base[Int(templates.parameters.base[k])]
      coefficients.base[k] = a
      (coefficients.base[templates.bends + k], bendSlopes.base[k], bendCurvatures.base[k]) =
        interpolation.bend(a)
    }
  }
}
