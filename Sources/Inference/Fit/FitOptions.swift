// SPDX-License-Identifier: Apache-2.0

/// How a fit looks for the best minimum.
public struct FitOptions: Sendable, Hashable {
  /// Starting points, at least 1: the first is the model's initial values, the others are drawn.
  ///
  /// With 1, others are added where the end point is suspicious: the curvature was indefinite, the
  /// fit didn't converge, or a systematic's response bends enough for a second minimum.
  public var starts = 1
  /// Draws the starting points; the same seed gives the same fit on every machine.
  public var seed: UInt64 = 0
  /// Newton steps of one start before it counts as failed.
  public var maximumIterations = 200

  /// The default options.
  public init() {}
}
