// SPDX-License-Identifier: Apache-2.0

/// Where in its parameter space an analysis was validated.
package struct ValidityDomain {
  /// Points of the signals that are preserved with the version and its expected results.
  let validated: [[String: Double]]

  /// A domain from its points.
  package init(validated: [[String: Double]]) { self.validated = validated }

  /// Whether a point lies outside the convex hull of the validated points that have the same
  /// parameters; nil when the signal has no point or nothing was validated.
  package func isExtrapolated(_ point: [String: Double]) -> Bool? {
    guard !point.isEmpty, !validated.isEmpty else { return nil }
    let axes = point.keys.sorted()
    let comparable = validated.filter { $0.keys.sorted() == axes }
    let hull = ConvexHull(comparable.map { validated in axes.compactMap { validated[$0] } })
    return !hull.contains(axes.compactMap { point[$0] })
  }
}
