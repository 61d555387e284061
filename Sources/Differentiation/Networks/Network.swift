// SPDX-License-Identifier: Apache-2.0

/// Dense layers one after the other.
///
/// ```swift
/// let network = Network([2, 64, 64, 1], hidden: .relu, output: .sigmoid)
/// let observable = network(features, parameters)  // [events]
/// ```
public struct Network: Sendable, Hashable, Codable {
  /// From the features to the output.
  public let layers: [DenseLayer]

  /// Layers between these widths, features first.
  public init(_ widths: [Int], hidden: Activation, output: Activation) {
    precondition(widths.count >= 2, "a network needs at least two widths, not \(widths.count)")
    layers = widths.indices.dropLast().map { index in
      DenseLayer(
        inputs: widths[index], outputs: widths[index + 1],
        activation: index == widths.count - 2 ? output : hidden)
    }
  }

  /// Parameters of all layers one after the other.
  public var parameterCount: Int { layers.reduce(0) { $0 + $1.parameterCount } }

  /// The output [events × last width] for features [events × first width] and parameters
  /// [parameterCount].
  public func callAsFunction(_ features: Variable, _ parameters: Variable) -> Variable {
    precondition(
      parameters.count == parameterCount,
      "the network has \(parameterCount) parameters, not \(parameters.count)")
    return features.builder.apply(NetworkPrimitive(layers), to: [features, parameters])
  }

  /// Parameters to begin with: biases 0, weights normal with variance 2/(inputs + outputs) (Glorot,
  /// Bengio 2010), or 2/inputs before a `relu` (He et al., arXiv:1502.01852).
  public func initialParameters(seed: UInt64) -> [Double] {
    var random = CounterRandom(seed: seed)
    return layers.flatMap { layer in
      let width = layer.activation == .relu ? layer.inputs : layer.inputs + layer.outputs
      let scale = (2 / Double(width)).squareRoot()
      return (0..<layer.inputs * layer.outputs).map { _ in scale * random.normal() }
        + Array(repeating: 0, count: layer.outputs)
    }
  }
}
