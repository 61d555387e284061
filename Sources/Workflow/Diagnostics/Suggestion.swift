// SPDX-License-Identifier: Apache-2.0

/// "Did you mean": the nearest of the names that exist.
public enum Suggestion {
  /// The candidate that a mistyped word most likely stands for; nil when none is near.
  ///
  /// Near is at most one edit for every three letters (at least one): an insertion, a deletion, a
  /// substitution or an exchange of neighbours (Damerau 1964), and letters that differ in case
  /// only are the same. Of equally near ones the first in alphabetical order is taken. Nothing is
  /// suggested among more than a thousand names: a file full of mistakes must not take for ever.
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let candidates = Array(candidates.prefix(1001))
    guard candidates.count <= 1000, word.utf8.count <= 100 else { return nil }
    let letters = Array(word.lowercased())
    let limit = max(1, letters.count / 3)
    let near = candidates.sorted().compactMap { candidate -> (name: String, distance: Int)? in
      let other = Array(candidate.lowercased())
      guard abs(other.count - letters.count) <= limit, other.count <= 100 else { return nil }
      let distance = distance(letters, other)
      return distance <= limit ? (candidate, distance) : nil
    }
    return near.min { $0.distance < $1.distance }?.name
  }

  /// The end of a sentence about an unknown name: ` (did you mean 'kind'?)`, or else
  /// ` (KNOWN: id, kind)`, or nothing when nothing exists.
  public static func hint(
    for word: String, among candidates: some Sequence<String>, known: String = "known"
  ) -> String {
    let names = Array(candidates.prefix(1001))
    if let nearest = nearest(to: word, among: names) { return " (did you mean '\(nearest)'?)" }
    if names.isEmpty { return "" }
    let shown = names.prefix(12).joined(separator: ", ")
    return " (\(known): \(shown)\(names.count > 12 ? ", …" : ""))"
  }

  /// Number of edits between two words. Complexity: product of the lengths.
  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var row = [i + 1]
      for (j, other) in right.enumerated() {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (letter == other ? 0 : 1))
        if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      beforeLast = last
      last = row
    }
    return last[right.count]
  }
}
