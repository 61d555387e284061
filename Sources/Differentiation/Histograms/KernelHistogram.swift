// SPDX-License-Identifier: Apache-2.0

/// A histogram in which every event is a normal density instead of a point, so that its contents have
/// derivatives with respect to values, weights, edges and bandwidth.
///
/// With Kᵢᵦ = Φ((eᵦ₊₁ − xᵢ)/h) − Φ((eᵦ − xᵢ)/h) the contents are Σ wᵢ Kᵢᵦ, and their variances from the
/// number of events Σ (wᵢ Kᵢᵦ)². For h → 0 both are those of a histogram. A bandwidth that isn't
/// small beside the narrowest bin biases the contents: report the histogram of the points too.
public struct KernelHistogram {
  /// What becomes of the parts of events beyond the first and the last edge.
  public enum Tails: Sendable, Hashable {
    /// They are lost.
    case dropped
    /// The first bin reaches to −∞ and the last one to +∞; the outermost edges don't matter.
    case folded
  }

  /// Σ w K [bins].
  public let sumW: Variable
  /// Σ (w K)² [bins].
  public let sumW2: Variable

  /// Fills the histogram.
  ///
  /// - Parameters:
  ///   - values: x [events].
  ///   - weights: w [events], or one number [1] for all.
  ///   - edges: e in ascending order [bins + 1]; `orderedEdges(_:from:to:)` keeps them so.
  ///   - bandwidth: h > 0 [1], in units of the values.
  ///   - tails: what becomes of events beyond the edges.
  public init(
    of values: Variable, weights: Variable, edges: Variable, bandwidth: Variable, tails: Tails
  ) {
    let bins = edges.count - 1
    let all = values.builder.apply(
      DensityPrimitive(folded: tails == .folded), to: [values, weights, edges, bandwidth])
    sumW = all[0..<bins]
    sumW2 = all[bins..<2 * bins]
  }
}
