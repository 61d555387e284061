// SPDX-License-Identifier: Apache-2.0

/// A histogram whose bins are the outputs of a network: every event is spread over the bins as
/// softmax(output/temperature) says (INFERNO, arXiv:1806.04743).
///
/// At a low temperature an event falls into the bin of its largest output. Templates at shifted
/// nuisance parameters are other events through the same network.
public struct SoftmaxHistogram {
  /// Σ w K [bins].
  public let sumW: Variable
  /// Σ (w K)² [bins].
  public let sumW2: Variable

  /// Fills the histogram.
  ///
  /// - Parameters:
  ///   - outputs: of the network [events × bins].
  ///   - weights: [events].
  ///   - bins: how many.
  ///   - temperature: above 0.
  public init(of outputs: Variable, weights: Variable, bins: Int, temperature: Double) {
    let parts = softmax(outputs / temperature, columns: bins)
    let events = outputs.count / bins
    sumW = matrixProduct(weights, parts, depth: events)
    sumW2 = matrixProduct(weights * weights, parts * parts, depth: events)
  }
}
