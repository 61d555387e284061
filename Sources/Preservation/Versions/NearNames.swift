// SPDX-License-Identifier: Apache-2.0

/// Which known names somebody may have meant.
enum NearNames {
  /// Up to `count` of `known`, by edit distance to `name`, then by name.
  static func of(_ name: String, among known: [String], count: Int = 5) -> [String] {
    let ranked = known.map { (distance: editDistance(name, $0), name: $0) }
    return ranked.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
      .prefix(count).map(\.name)
  }

  /// Insertions, deletions and substitutions between two words; O(n·m).
  private static func editDistance(_ first: String, _ second: String) -> Int {
    let target = Array(second)
    var previous = Array(0...target.count)
    for (row, letter) in first.enumerated() {
      var current = [row + 1]
      for column in target.indices {
        let substitution = previous[column] + (target[column] == letter ? 0 : 1)
        current.append(min(substitution, previous[column + 1] + 1, current[column] + 1))
      }
      previous = current
    }
    return previous[target.count]
  }
}
