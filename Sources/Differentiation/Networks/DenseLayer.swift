// SPDX-License-Identifier: Apache-2.0

/// y = σ(x W + b) of many events at once.
///
/// ```swift
/// let layer = DenseLayer(inputs: 2, outputs: 64, activation: .relu)
/// let parameters = builder.input(count: layer.parameterCount)
/// let hidden = layer(builder.constant(features), parameters)  // [events × 64]
/// ```
public struct DenseLayer: Sendable, Hashable, Codable {
  /// Features of an event.
  public let inputs: Int
  /// Numbers an event comes out with.
  public let outputs: Int
  /// σ.
  public let activation: Activation

  /// A layer of some width.
  public init(inputs: Int, outputs: Int, activation: Activation) {
    self.inputs = inputs
    self.outputs = outputs
    self.activation = activation
  }

  /// W row after row [inputs × outputs], then b [outputs].
  public var parameterCount: Int { (inputs + 1) * outputs }

  /// The layer's result [events × outputs] for features [events × inputs] and parameters
  /// [parameterCount], all row after row.
  public func callAsFunction(_ features: Variable, _ parameters: Variable) -> Variable {
    features.builder.apply(NetworkPrimitive([self]), to: [features, parameters])
  }
}
