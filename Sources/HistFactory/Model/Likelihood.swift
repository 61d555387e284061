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
  /// ∂/∂(log product of normsys factors), as the structure's table has them.
  let productMoments: WorkArray
  /// Gradient with respect to the coefficients of the templates.
  let coefficientGradient: WorkArray
  /// [normal constraints] what is measured, 1/σ², and ∂ of the terms.
  let normalObserved: WorkArray
  let normalWeights: WorkArray
  let normalGradient: WorkArray
  /// Terms of the Poisson constraints: expectation γτ, auxiliary datum, ∂ and ∂².
  let auxiliaryRates: WorkArray
  let auxiliaryObserved: WorkArray
  let auxiliaryGradient: WorkArray
  let auxiliaryCurvature: WorkArray
  lazy var curvatureScratch = CurvatureScratch(structure)
  /// Scratch of the tape's node.
  var tapeGradient: [Double] = []
  /// Point into the tables of `structure`.
  private var tables: kernel_rate_tables
  var normsysTables: kernel_normsys_tables
  private var constant = 0.0

  /// Allocates scratch memory for a model.
  ///
  /// `data` must have the lengths of `model.data`.
  public init(_ model: Model, data: ModelData) {
    self.model = model
    self.data = data
    structure = model.structure
    rates = RateEvaluator(model.structure, parameterCount: model.inits.count)
    tables = rates.tables
    normsysTables = rates.normsysTables
    observed = WorkArray(structure.binCount)
    rateGradient = WorkArray(structure.binCount)
    rateCurvature = WorkArray(structure.binCount)
    pulled = WorkArray(structure.cellCount)
    moments = WorkArray(structure.samples.count)
    productMoments = WorkArray(structure.normsys.productCount)
    coefficientGradient = WorkArray(structure.templates.coefficientCount)
    let normal = structure.constraints.normalParameters.count
    normalObserved = WorkArray(normal)
    normalWeights = WorkArray(normal)
    normalGradient = WorkArray(normal)
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
      let sigma = constraints.normalSigmas[i]
      normalObserved[i] = data.auxiliary[Int(constraints.normalAuxiliary[i])]
      normalWeights[i] = 1 / (sigma * sigma)
    }
    constant += constraints.normalConstant
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
    total += kernel_normal(
      normalGradient.base, x, constraints.normalParameters.base, normalObserved.base,
      normalWeights.base, constraints.normalParameters.count)
    return total + constant
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
      pullBackConstraints(gradient)
    }
  }

  private func pullBackSamples(_ gradient: UnsafeMutablePointer<Double>) {
    coefficientGradient.clear()
    kernel_rate_gradient(
      gradient, coefficientGradient.base, productMoments.base, moments.base, pulled.base,
      &tables, rates.parameters.base, rates.normsysProducts.base, rates.scales.base,
      rates.shapes.base, rates.binwiseFactors.base, rateGradient.base,
      rates.limits?.activeCells.base)
    kernel_normsys_gradient(
      gradient, &normsysTables, productMoments.base, rates.normsysSlopes.base)
    let parameters = structure.templates.parameters, bends = structure.templates.bends
    let sums = coefficientGradient.base, slopes = rates.bendSlopes.base
    for k in 0..<parameters.count {
      gradient[Int(parameters.base[k])] += sums[k] + slopes[k] * sums[bends + k]
    }
  }

  /// Product of the bin-wise factors of a cell but one or two.
  @inline(__always)
  func binwiseProduct(
    _ sample: SamplePlan, bin: Int, without first: Int, and second: Int = -1
  ) -> Double {
    var product = 1.0
    for use in sample.firstBinwise..<sample.endBinwise where use != first && use != second {
      product *= rates.parameters.base[Int(structure.binwise.base[use]) + bin]
    }
    return product
  }

  private func pullBackConstraints(_ gradient: UnsafeMutablePointer<Double>) {
    let constraints = structure.constraints
    let normal = constraints.normalParameters.base, poisson = constraints.poissonParameters.base
    let slopes = normalGradient.base, auxiliarySlopes = auxiliaryGradient.base
    for i in 0..<constraints.normalParameters.count { gradient[Int(normal[i])] += slopes[i] }
    let tau = constraints.poissonTau.base
    for i in 0..<constraints.poissonParameters.count {
      gradient[Int(poisson[i])] += auxiliarySlopes[i] * tau[i]
    }
  }
}
