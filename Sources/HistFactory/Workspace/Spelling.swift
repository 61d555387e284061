// SPDX-License-Identifier: Apache-2.0

/// Finds what a misspelt word was meant to be.
enum Spelling {
  /// The known word with the fewest changed letters, if that is at most a third of the word.
  static func nearest(to word: String, in known: [String]) -> String? {
    let candidates = known.map { ($0, distance(word, $0)) }
    guard let best = candidates.min(by: { $0.1 < $1.1 }), best.1 <= max(1, word.count / 3) else {
      return nil
    }
    return best.0
  }

  /// Levenshtein's distance: insertions, removals and replacements of letters.
  private static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (i, letter) in left.prefix(64).enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[right.count]
  }
}
