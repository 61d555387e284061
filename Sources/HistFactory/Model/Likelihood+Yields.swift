// SPDX-License-Identifier: Apache-2.0
import CKernels
import Differentiation
import Foundation

extension Likelihood {
  /// ∂(−log L)/∂(nominal yield), flat over (channel, sample, bin) as in `Model.yieldRange`.
  ///
  /// What changes is one number in a sample's `data`; every other number of the workspace stays:
  /// the templates of histosys and the uncertainties of staterror and shapesys are absolute, so
  /// that the width of a staterror (uncertainty over yield) and the rate τ of a shapesys
  /// ((yield over uncertainty)²) follow the yield. The data are held fixed, but the auxiliary data
  /// of a shapesys keep their ratio to τ: they are τ when observed and γτ in an Asimov data set.
  /// A slot that is fixed because its yield or uncertainty vanishes contributes nothing.
  public func yieldGradient(_ parameters: [Double]) -> [Double] {
    var gradient: [Double] = []
    _ = evaluate(parameters, gradient: &gradient)
    let dependence = model.yieldDependence
    var result = Array(repeating: 0.0, count: structure.cellCount)
    for index in 0..<structure.samples.count {
      let sample = structure.samples[index]
      var response = 1.0
      for k in dependence.bends[index] { response -= rates.coefficients[k] / 8 }
      for cell in sample.firstCell..<sample.firstCell + sample.binCount {
        result[cell] = pulled[cell] * rates.scales[index] * response
      }
    }
    let constraints = structure.constraints
    for width in dependence.widths {
      let i = width.constraint
      let pull =
        (parameters[Int(constraints.normalParameters[i])]
          - data.auxiliary[Int(constraints.normalAuxiliary[i])]) / constraints.normalSigmas[i]
      // d(log σ + pull²/2) with dσ = −σ/total.
      result[width.cell] += (pull * pull - 1) / width.total
    }
    for rate in dependence.rates {
      let i = rate.constraint
      let tau = constraints.poissonTau[i], ratio = auxiliaryObserved[i] / tau
      let gamma = parameters[Int(constraints.poissonParameters[i])]
      // d(γτ − ρτ log γτ + log Γ(ρτ + 1)) with dτ = 2τ/yield.
      let slope =
        gamma - ratio
        * (log(auxiliaryRates[i]) + 1 - kernel_digamma(auxiliaryObserved[i] + 1))
      result[rate.cell] += 2 * tau / rate.yield * slope
    }
    return result
  }
}

extension Model {
  /// The same model with other nominal yields, flat over (channel, sample, bin); all other numbers
  /// of the workspace, uncertainties and templates included, stay.
  ///
  /// - Throws: `InvalidModel` if their number is not that of `yields`.
  public func replacing(yields: [Double]) throws(InvalidModel) -> Model {
    guard yields.count == structure.cellCount else {
      throw InvalidModel(
        "\(yields.count) yields were given for a model with \(structure.cellCount)")
    }
    var changed = workspace
    for channel in changed.channels.indices {
      for sample in changed.channels[channel].samples.indices {
        let names = (changed.channels[channel].name, changed.channels[channel].samples[sample].name)
        guard let range = yieldRange(channel: names.0, sample: names.1) else { continue }
        changed.channels[channel].samples[sample].data = Array(yields[range])
      }
    }
    return try Model(changed, measurement: measurement.name, options: options)
  }
}
