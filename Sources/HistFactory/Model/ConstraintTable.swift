// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The constraint terms of a model: which slot is measured by which auxiliary number.
struct ConstraintTable: Sendable {
  let normalParameters: ConstantTable<Int32>
  let normalAuxiliary: ConstantTable<Int32>
  let normalSigmas: ConstantTable<Double>
  /// Σ log(σ √2π).
  let normalConstant: Double
  let poissonParameters: ConstantTable<Int32>
  let poissonAuxiliary: ConstantTable<Int32>
  let poissonTau: ConstantTable<Double>
  /// pyhf's `auxdata`.
  let auxiliary: [Double]

  init(_ parameters: [Parameter]) {
    var normal: [(slot: Int, auxiliary: Int, sigma: Double)] = []
    var poisson: [(slot: Int, auxiliary: Int, tau: Double)] = []
    var all: [Double] = []
    for parameter in parameters {
      switch parameter.constraint {
      case .none: break
      case .normal(let auxiliary, let sigmas):
        for (slot, sigma) in zip(parameter.range, sigmas) {
          normal.append((slot, all.count + slot - parameter.range.lowerBound, sigma))
        }
        all += auxiliary
      case .poisson(let auxiliary, let tau):
        for (slot, rate) in zip(parameter.range, tau) {
          poisson.append((slot, all.count + slot - parameter.range.lowerBound, rate))
        }
        all += auxiliary
      }
    }
    normalParameters = ConstantTable(normal.map { Int32($0.slot) })
    normalAuxiliary = ConstantTable(normal.map { Int32($0.auxiliary) })
    normalSigmas = ConstantTable(normal.map(\.sigma))
    normalConstant = normal.reduce(0) { $0 + log($1.sigma * (2 * Double.pi).squareRoot()) }
    poissonParameters = ConstantTable(poisson.map { Int32($0.slot) })
    poissonAuxiliary = ConstantTable(poisson.map { Int32($0.auxiliary) })
    poissonTau = ConstantTable(poisson.map(\.tau))
    auxiliary = all
  }
}
