// SPDX-License-Identifier: Apache-2.0

/// The end of a sentence about an unknown name: what may have been meant, or what there is.
func suggestion(for name: String, among candidates: some Sequence<String>) -> String {
  let all = Set(candidates).sorted()
  let distances = all.map { editDistance(name, $0) }
  guard let best = all.indices.min(by: { distances[$0] < distances[$1] }) else { return "" }
  if distances[best] <= max(1, name.count / 3) { return "; did you mean '\(all[best])'?" }
  let shown = all.prefix(12).joined(separator: ", ")
  return " (there is: \(shown)\(all.count > 12 ? ", …" : ""))"
}

/// How many characters must be put in, left out or replaced to make one text of the other, where
/// a change of case is for free.
private func editDistance(_ first: String, _ second: String) -> Int {
  let first = Array(first.lowercased().prefix(64))
  let second = Array(second.lowercased().prefix(64))
  var row = Array(0...second.count)
  for (i, a) in first.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, b) in second.enumerated() {
      let replaced = diagonal + (a == b ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[second.count]
}
