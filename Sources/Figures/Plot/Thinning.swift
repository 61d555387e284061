// SPDX-License-Identifier: Apache-2.0

/// Fewer points for long curves, without a visible difference.
enum Thinning {
  /// Of all points in the same column of pixels: the first, the lowest, the highest and the last.
  ///
  /// - Parameter points: from left to right.
  static func kept(_ points: [PagePoint]) -> [PagePoint] {
    guard points.count > 1000 else { return points }
    var kept: [PagePoint] = []
    var start = 0
    for index in points.indices {
      let isLast = index + 1 == points.count
      guard isLast || points[index + 1].x.rounded(.down) != points[index].x.rounded(.down) else {
        continue
      }
      let column = start...index
      let lowest = column.min { points[$0].y < points[$1].y } ?? index
      let highest = column.max { points[$0].y < points[$1].y } ?? index
      kept += Set([start, lowest, highest, index]).sorted().map { points[$0] }
      start = index + 1
    }
    return kept
  }
}
