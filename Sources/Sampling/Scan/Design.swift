// SPDX-License-Identifier: Apache-2.0

/// The points that are evaluated before anything is learnt: given ones, corners, Sobol' points.
public struct Design: Hashable, Sendable, Codable {
  /// How many points there are at least; nil for the larger of 6 and 2 d + 2. Where results come
  /// with gradients, each says as much as d + 1 values, and d + 2 points are enough.
  public let count: Int?
  /// Whether the corners of the cube are among them.
  public let hasCorners: Bool
  /// Positions that come first, such as points where the contour is expected.
  public let seeds: [[Double]]

  /// A design from its parts. All seeds, and then all corners, that the space allows are
  /// evaluated; scrambled Sobol' points are added until there are `count`.
  public init(count: Int? = nil, hasCorners: Bool = false, seeds: [[Double]] = []) {
    (self.count, self.hasCorners, self.seeds) = (count, hasCorners, seeds)
  }

  func size(in space: ParameterSpace) -> Int {
    max(count ?? max(6, 2 * space.dimension + 2), first(in: space).filter(space.contains).count)
  }

  /// Seeds and corners, allowed or not.
  func first(in space: ParameterSpace) -> [[Double]] {
    guard hasCorners else { return seeds }
    return seeds
      + (0..<1 << space.dimension).map { corner in
        (0..<space.dimension).map { Double(corner >> $0 & 1) }
      }
  }
}
