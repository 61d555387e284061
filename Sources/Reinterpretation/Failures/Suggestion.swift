// SPDX-License-Identifier: Apache-2.0

/// The known name nearest to a mistyped one: " (did you mean 'mu'?)", or nothing when none is near.
func suggestion(for name: String, among known: some Sequence<String>) -> String {
  let limit = max(1, name.count / 3)
  let nearest =
    known
    .map { (name: $0, distance: editDistance(name, $0)) }
    .filter { $0.distance <= limit }
    .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
  return nearest.map { " (did you mean '\($0.name)'?)" } ?? ""
}

/// Levenshtein's distance in characters, case not counted; O(n·m) time, O(m) space.
private func editDistance(_ first: String, _ second: String) -> Int {
  let rows = Array(first.lowercased())
  let columns = Array(second.lowercased())
  var previous = Array(0...columns.count)
  for (row, character) in rows.enumerated() {
    var current = [row + 1]
    for (column, other) in columns.enumerated() {
      let substituted = previous[column] + (character == other ? 0 : 1)
      current.append(min(substituted, previous[column + 1] + 1, current[column] + 1))
    }
    previous = current
  }
  return previous[columns.count]
}
