// SPDX-License-Identifier: Apache-2.0
import CKernels
import Differentiation
import Foundation

/// The negative log likelihood of one model for one data set, with its scratch memory.
///
/// Not `Sendable`: make one per task. All functions take a full parameter vector in the model's
/// order; `evaluate` and `negativeLogLikelihood` do not allocate (the first Hessian does).
///
/// The value contains all constants, so that twice it is pyhf's `twice_nll`. A bin without observed
/// events contributes its expectation, whatever its sign; an observed bin contributes +∞ where its
/// expectation is 0 and NaN where it is negative.
public final class Likelihood {
  /// The model; several likelihoods may share one.
  public let model: Model
  /// What the model is compared with; may be replaced at any time.
  public var data: ModelData { didSet { takeData() } }

  let structure: ModelStructure
  let rates: RateEvaluator
  /// [bins] observed events, ∂/∂ν and ∂²/∂ν² of the Poisson terms.
  let observed: WorkArray
  let rateGradient: WorkArray
  let rateCurvature: WorkArray
  /// [cells] ∂/∂(scale · h): rate gradient times bin-wise factor.
  let pulled: WorkArray
  /// [samples] Σ_b pulled · h.
  let moments: WorkArray
  /// [templates] pulled back through the template matrices, not multiplied by the scale.
  let projected: WorkArray
  /// [2 × histosys parameters + 1] gradient with respect to the coefficients a and q(a) in turn.
  let coefficientGradient: WorkArray
  /// Terms of the Poisson constraints: expectation γτ, auxiliary datum, ∂ and ∂².
  let auxiliaryRates: WorkArray
  let auxiliaryObserved: WorkArray
  let auxiliaryGradient: WorkArray
  let auxiliaryCurvature: WorkArray
  lazy var curvatureScratch = CurvatureScratch(structure)
  /// Scratch of the tape's node.
  var tapeGradient: [Double] = []
  private var constant = 0.0

  /// Allocates scratch memory for a model.
  ///
  /// `data` must have the lengths of `model.data`.
  public init(_ model: Model, data: ModelData) {
    self.model = model
    self.data = data
    structure = model.structure
    rates = RateEvaluator(model.structure, parameterCount: model.inits.count)
    observed = WorkArray(structure.binCount)
    rateGradient = WorkArray(structure.binCount)
    rateCurvature = WorkArray(structure.binCount)
    pulled = WorkArray(structure.cellCount)
    moments = WorkArray(structure.samples.count)
    projected = WorkArray(structure.templateCoefficients.count)
    coefficientGradient = WorkArray(2 * structure.histosysParameters.count + 1)
    let poisson = structure.constraints.poissonParameters.count
    auxiliaryRates = WorkArray(poisson)
    auxiliaryObserved = WorkArray(poisson)
    auxiliaryGradient = WorkArray(poisson)
    auxiliaryCurvature = WorkArray(poisson)
    takeData()
  }

  /// −log L.
  public func negativeLogLikelihood(_ parameters: [Double]) -> Double {
    rates.evaluate(parameters)
    return value()
  }

  /// Events expected in each bin, without the scratch memory of its own that the model's needs.
  package func expectedEvents(_ parameters: [Double]) -> [Double] {
    rates.evaluate(parameters)
    return rates.expectedEvents
  }

  /// −log L and its gradient [parameters].
  public func evaluate(_ parameters: [Double], gradient: inout [Double]) -> Double {
    rates.evaluate(parameters)
    let value = value()
    pullBack(into: &gradient)
    return value
  }

  /// −log L with gradient and curvature.
  ///
  /// - Parameters:
  ///   - parameters: in the model's order.
  ///   - gradient: receives the gradient [parameters].
  ///   - hessian: receives the curvature.
  ///   - fisher: the expected information, which is positive semi-definite, instead of the exact
  ///     Hessian.
  public func evaluate(
    _ parameters: [Double], gradient: inout [Double], hessian: StructuredHessian, fisher: Bool
  ) -> Double {
    rates.evaluate(parameters, curvatures: !fisher)
    let value = value()
    pullBack(into: &gradient)
    accumulateCurvature(into: hessian, fisher: fisher)
    return value
  }
}

extension Likelihood {
  private func takeData() {
    let constraints = structure.constraints
    precondition(
      data.main.count == structure.binCount
        && data.auxiliary.count == constraints.auxiliary.count,
      "data of \(data.main.count) + \(data.auxiliary.count) numbers for a model of "
        + "\(structure.binCount) + \(constraints.auxiliary.count)")
    constant = 0
    for (bin, count) in data.main.enumerated() {
      observed[bin] = count
      constant += kernel_log_gamma(count + 1)
    }
    for i in 0..<constraints.poissonParameters.count {
      let count = data.auxiliary[Int(constraints.poissonAuxiliary[i])]
      auxiliaryObserved[i] = count
      constant += kernel_log_gamma(count + 1)
    }
    for i in 0..<constraints.normalParameters.count {
      constant += log(constraints.normalSigmas[i] * (2 * Double.pi).squareRoot())
    }
  }

  /// Sums up all terms at the rates just evaluated, keeping their derivatives.
  func value() -> Double {
    let x = rates.parameters.base, constraints = structure.constraints
    var total = kernel_poisson(
      rates.rates.base, observed.base, rateGradient.base, rateCurvature.base, structure.binCount)
    rates.limits?.mask(rateGradient, rateCurvature)
    let poisson = constraints.poissonParameters
    for i in 0..<poisson.count {
      auxiliaryRates.base[i] = x[Int(poisson[i])] * constraints.poissonTau[i]
    }
    total += kernel_poisson(
      auxiliaryRates.base, auxiliaryObserved.base, auxiliaryGradient.base,
      auxiliaryCurvature.base, poisson.count)
    var squares = 0.0
    for i in 0..<constraints.normalParameters.count {
      let pull =
        (x[Int(constraints.normalParameters[i])]
          - data.auxiliary[Int(constraints.normalAuxiliary[i])]) / constraints.normalSigmas[i]
      squares += pull * pull
    }
    return total + 0.5 * squares + constant
  }

  /// The gradient at the rates and terms just evaluated.
  func pullBack(into gradient: inout [Double]) {
    if gradient.count != model.inits.count {
      gradient = Array(repeating: 0, count: model.inits.count)
    }
    gradient.withUnsafeMutableBufferPointer { buffer in
      guard let gradient = buffer.baseAddress else { return }
      gradient.update(repeating: 0, count: buffer.count)
      pullBackSamples(gradient)
      pullBackTemplates(gradient)
      pullBackConstraints(gradient)
    }
  }

  private func pullBackSamples(_ gradient: UnsafeMutablePointer<Double>) {
    let x = rates.parameters.base, slopes = rates.normsysSlopes.base
    let factors = structure.factorParameters.base, normsys = structure.normsysParameters.base
    for index in 0..<structure.samples.count {
      let sample = structure.samples[index]
      let h = rates.shapes.base + sample.firstCell
      let r = rates.binwiseFactors.base + sample.firstCell
      let w = rateGradient.base + sample.firstBin, pull = pulled.base + sample.firstCell
      var moment = 0.0
      for bin in 0..<sample.binCount {
        let weight = w[bin] * r[bin]
        pull[bin] = weight
        moment += weight * h[bin]
      }
      if let limits = rates.limits {
        moment = limits.mask(pulled, sample, shapes: rates.shapes)
      }
      moments.base[index] = moment
      let scale = rates.scales.base[index], normsysMoment = scale * moment
      for k in sample.firstNormsys..<sample.endNormsys {
        gradient[Int(normsys[k])] += normsysMoment * slopes[k]
      }
      // Never by dividing: a signal strength of 0 is the common case.
      for k in sample.firstFactor..<sample.endFactor {
        var rest = rates.normsysProducts.base[index]
        for other in sample.firstFactor..<sample.endFactor where other != k {
          rest *= x[Int(factors[other])]
        }
        gradient[Int(factors[k])] += moment * rest
      }
      for use in sample.firstBinwise..<sample.endBinwise {
        let first = structure.binwise[use].firstParameter
        for bin in 0..<sample.binCount {
          if let limits = rates.limits, !limits.isActive(sample.firstCell + bin) { continue }
          let rest = binwiseProduct(sample, bin: bin, without: use)
          gradient[first + bin] += w[bin] * scale * h[bin] * rest
        }
      }
    }
  }

  /// Product of the bin-wise factors of a cell but one or two.
  @inline(__always)
  func binwiseProduct(
    _ sample: SamplePlan, bin: Int, without first: Int, and second: Int = -1
  ) -> Double {
    var product = 1.0
    for use in sample.firstBinwise..<sample.endBinwise where use != first && use != second {
      product *= rates.parameters.base[structure.binwise.base[use].firstParameter + bin]
    }
    return product
  }

  private func pullBackTemplates(_ gradient: UnsafeMutablePointer<Double>) {
    kernel_block_transposed_matrix_vector(
      projected.base, structure.templates.base, pulled.base, structure.templateShapes.base,
      structure.samples.count)
    coefficientGradient.fill(0)
    let sums = coefficientGradient.base
    kernel_block_scatter(
      sums, structure.templateCoefficients.base, rates.scales.base, projected.base,
      structure.templateSizes.base, structure.samples.count)
    for k in 0..<structure.histosysParameters.count {
      gradient[Int(structure.histosysParameters[k])] +=
        sums[2 * k] + rates.bendSlopes.base[k] * sums[2 * k + 1]
    }
  }

  private func pullBackConstraints(_ gradient: UnsafeMutablePointer<Double>) {
    let x = rates.parameters.base, constraints = structure.constraints
    for i in 0..<constraints.normalParameters.count {
      let slot = Int(constraints.normalParameters[i]), sigma = constraints.normalSigmas[i]
      gradient[slot] +=
        (x[slot] - data.auxiliary[Int(constraints.normalAuxiliary[i])]) / (sigma * sigma)
    }
    for i in 0..<constraints.poissonParameters.count {
      gradient[Int(constraints.poissonParameters[i])] +=
        auxiliaryGradient.base[i] * constraints.poissonTau[i]
    }
  }
}
