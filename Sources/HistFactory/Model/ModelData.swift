// SPDX-License-Identifier: Apache-2.0

/// Numbers a model is compared with: observed, Asimov or a toy.
public struct ModelData: Sendable, Hashable {
  /// Events per bin, channels in the model's order (sorted by name).
  public var main: [Double]
  /// Auxiliary measurements in the order of the constrained parameters, pyhf's `auxdata`.
  public var auxiliary: [Double]

  /// Takes both parts as they are; a `Likelihood` requires the lengths of its model.
  public init(main: [Double], auxiliary: [Double]) {
    self.main = main
    self.auxiliary = auxiliary
  }
}
