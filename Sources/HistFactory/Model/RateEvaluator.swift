// SPDX-License-Identifier: Apache-2.0
import CKernels
import Differentiation

/// Expected events of a model at one point, with everything that derivatives need of the way there.
final class RateEvaluator {
  let structure: ModelStructure
  let parameters: WorkArray
  /// [2 × histosys parameters + 1] a and q(a) in turn, and a zero for padding.
  let coefficients: WorkArray
  /// dq/da and d²q/da² per histosys parameter.
  let bendSlopes: WorkArray
  let bendCurvatures: WorkArray
  /// Normsys factors f with f′/f and (f′/f)′ per entry.
  let normsysFactors: WorkArray
  let normsysSlopes: WorkArray
  let normsysCurvatures: WorkArray
  /// [cells] h: nominal yields deformed by the templates.
  let shapes: WorkArray
  /// [cells] r: product of bin-wise factors.
  let binwiseFactors: WorkArray
  /// [samples] product of the normsys factors, and of these with normfactors and lumi.
  let normsysProducts: WorkArray
  let scales: WorkArray
  /// [bins] expected events.
  let rates: WorkArray
  /// For models whose yields have lower limits.
  let limits: YieldLimits?
  private let normsysAlphas: WorkArray
  /// [templates] coefficient of each column; padding stays 0.
  private let columns: WorkArray

  init(_ structure: ModelStructure, parameterCount: Int) {
    self.structure = structure
    let histosys = structure.histosysParameters.count
    let normsys = structure.normsysParameters.count
    parameters = WorkArray(parameterCount)
    coefficients = WorkArray(2 * histosys + 1)
    bendSlopes = WorkArray(histosys)
    bendCurvatures = WorkArray(histosys)
    normsysFactors = WorkArray(normsys)
    normsysSlopes = WorkArray(normsys)
    normsysCurvatures = WorkArray(normsys)
    normsysAlphas = WorkArray(normsys)
    shapes = WorkArray(structure.cellCount)
    binwiseFactors = WorkArray(structure.cellCount)
    normsysProducts = WorkArray(structure.samples.count)
    scales = WorkArray(structure.samples.count)
    rates = WorkArray(structure.binCount)
    columns = WorkArray(structure.templateCoefficients.count)
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
    interpolate(curvatures: curvatures)
    deform()
    accumulate()
    limits?.apply(to: self)
  }

  /// q(a) with derivatives, and the normsys factors.
  private func interpolate(curvatures: Bool) {
    let count = structure.histosysParameters.count
    let coefficients = coefficients.base
    let interpolation = structure.options.histosys
    for k in 0..<count {
      let a = parameters.base[Int(structure.histosysParameters.base[k])]
      coefficients[2 * k] = a
      (coefficients[2 * k + 1], bendSlopes.base[k], bendCurvatures.base[k]) =
        interpolation.bend(a)
    }
    let entries = structure.normsysParameters.count
    kernel_gather(
      normsysAlphas.base, parameters.base, structure.normsysParameters.base, entries)
    let factors = normsysFactors.base, slopes = normsysSlopes.base
    let alphas = normsysAlphas.base, polynomials = structure.normsysCoefficients.base
    switch structure.options.normsys {
    case .code4:
      kernel_interpolate_exponential(
        factors, slopes, curvatures ? normsysCurvatures.base : nil, alphas, polynomials, entries,
        entries)
    case .code1:
      // Its curvatures are 0, as they were at first.
      kernel_exponential(factors, slopes, alphas, polynomials, entries, entries)
    }
  }

  /// h = nominal + templates · coefficients.
  private func deform() {
    shapes.base.update(from: structure.nominal.base, count: structure.cellCount)
    kernel_block_gather(
      columns.base, coefficients.base, structure.templateCoefficients.base,
      structure.templateSizes.base, structure.samples.count)
    kernel_block_matrix_vector(
      shapes.base, structure.templates.base, columns.base, structure.templateShapes.base,
      structure.samples.count)
  }

  /// Multiplies by scales and bin-wise factors, and adds samples up.
  private func accumulate() {
    rates.fill(0)
    kernel_segment_products(
      normsysProducts.base, normsysFactors.base, structure.normsysStarts.base,
      structure.samples.count)
    let x = parameters.base, h = shapes.base, r = binwiseFactors.base, nu = rates.base
    let binwise = structure.binwise.base, factors = structure.factorParameters.base
    for index in 0..<structure.samples.count {
      let sample = structure.samples[index]
      var product = normsysProducts.base[index]
      for k in sample.firstFactor..<sample.endFactor { product *= x[Int(factors[k])] }
      scales.base[index] = product
      let cells = h + sample.firstCell, total = nu + sample.firstBin
      if sample.firstBinwise == sample.endBinwise {
        for bin in 0..<sample.binCount { total[bin] += product * cells[bin] }
        continue
      }
      let ratio = r + sample.firstCell
      let first = x + binwise[sample.firstBinwise].firstParameter
      for bin in 0..<sample.binCount { ratio[bin] = first[bin] }
      for use in sample.firstBinwise + 1..<sample.endBinwise {
        let gamma = x + binwise[use].firstParameter
        for bin in 0..<sample.binCount { ratio[bin] *= gamma[bin] }
      }
      for bin in 0..<sample.binCount { total[bin] += product * ratio[bin] * cells[bin] }
    }
  }
}
