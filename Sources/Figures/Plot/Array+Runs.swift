// SPDX-License-Identifier: Apache-2.0

extension Array {
  /// Neighbours that all satisfy a condition, in their order.
  func runs(where isIncluded: (Element) -> Bool) -> [[Element]] {
    var runs: [[Element]] = []
    var isInRun = false
    for element in self {
      let belongs = isIncluded(element)
      if belongs, isInRun {
        runs[runs.count - 1].append(element)
      } else if belongs {
        runs.append([element])
      }
      isInRun = belongs
    }
    return runs
  }
}
