// SPDX-License-Identifier: Apache-2.0

/// "353QH, twice" of J. Friedman (Proceedings of the 1974 CERN School of Computing, page 271):
/// running medians of 3, 5 and 3, parabolas over flat places, running means, and all of it once
/// more on what is left over.
package enum Smoothing {
  /// The numbers, smoothed; fewer than three are left alone, and so is what isn't finite. Where none
  /// is negative before, none is afterwards.
  package static func smoothed(_ values: [Double]) -> [Double] {
    guard values.count > 2, values.allSatisfy(\.isFinite) else { return values }
    let rough = pass(values)
    let rest = pass(zip(values, rough).map { $0 - $1 })
    let sums = zip(rough, rest).map { $0 + $1 }
    return values.contains { $0 < 0 } ? sums : sums.map { max($0, 0) }
  }

  /// A varied histogram whose ratio to the nominal one is smooth, and whose sum is what it was.
  ///
  /// Bins in which nominally there is nothing take no part: they stay what they are.
  package static func smoothed(_ varied: [Double], relativeTo nominal: [Double]) -> [Double] {
    let places = nominal.indices.filter { nominal[$0] != 0 }
    let ratios = smoothed(places.map { varied[$0] / nominal[$0] })
    let before = places.reduce(0) { $0 + varied[$1] }
    let after = zip(places, ratios).reduce(0) { $0 + $1.1 * nominal[$1.0] }
    guard after != 0, after.isFinite else { return varied }
    var result = varied
    for (place, ratio) in zip(places, ratios) {
      result[place] = ratio * nominal[place] * before / after
    }
    return result
  }

  private static func pass(_ values: [Double]) -> [Double] {
    let last = values.count - 1
    var z = medians(values, width: 3)
    // The ends, as far as the line through their neighbours allows.
    let (first, end) = (z[0], z[last])
    z[0] = median([z[1], first, 3 * z[1] - 2 * z[2]])
    z[last] = median([z[last - 1], end, 3 * z[last - 1] - 2 * z[last - 2]])
    let before = z
    z = medians(z, width: 5)
    z[1] = median(Array(before[0...2]))
    z[last - 1] = median(Array(before[(last - 2)...last]))
    z = medians(z, width: 3)
    return means(parabolas(z))
  }

  /// Running medians; at the ends the numbers themselves.
  private static func medians(_ values: [Double], width: Int) -> [Double] {
    let half = width / 2
    var result = values
    guard values.count >= width else { return result }
    for place in half..<(values.count - half) {
      result[place] = median(Array(values[(place - half)...(place + half)]))
    }
    return result
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  /// Three equal numbers that are a hill or a valley become part of a parabola.
  private static func parabolas(_ z: [Double]) -> [Double] {
    var y = z
    guard z.count > 4 else { return y }
    for place in 2..<(z.count - 2) where z[place - 1] == z[place] && z[place] == z[place + 1] {
      let (left, right) = (z[place - 2] - z[place], z[place + 2] - z[place])
      if left * right <= 0 { continue }
      let side = abs(right) > abs(left) ? -1 : 1
      y[place] = -0.5 * z[place - 2 * side] + z[place] / 0.75 + z[place + 2 * side] / 6
      y[place + side] = 0.5 * (z[place + 2 * side] - z[place - 2 * side]) + z[place]
    }
    return y
  }

  private static func means(_ y: [Double]) -> [Double] {
    var z = y
    for place in 1..<(y.count - 1) {
      z[place] = 0.25 * y[place - 1] + 0.5 * y[place] + 0.25 * y[place + 1]
    }
    return z
  }
}
