// SPDX-License-Identifier: Apache-2.0

/// Finds what a misspelt word was meant to be.
enum Spelling {
  /// The known word that is fewest edits away, if these are at most a third of the letters.
  static func nearest(to word: String, in known: [String]) -> String? {
    let candidates = known.map { ($0, distance(word, $0)) }
    guard let best = candidates.min(by: { $0.1 < $1.1 }), best.1 <= max(1, word.count / 3) else {
      return nil
    }
    return best.0
  }

  /// Insertions, removals, replacements and exchanges of neighbours (Damerau 1964).
  private static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.prefix(64))
    let right = Array(right)
    var before: [Int] = []
    var last = Array(0...right.count)
    for i in left.indices {
      var row = [i + 1]
      for j in right.indices {
        let replaced = last[j] + (left[i] == right[j] ? 0 : 1)
        var edits = min(replaced, last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          edits = min(edits, before[j - 1] + 1)
        }
        row.append(edits)
      }
      before = last
      last = row
    }
    return last[right.count]
  }
}
