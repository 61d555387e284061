// SPDX-License-Identifier: Apache-2.0
import GRDB
import Workflow

extension ResultValue {
  /// row: quantity, subject, sigma, value, uncertainty, entries, sumW, sumW2, unit from `start`.
  init(_ row: Row, from start: Int) throws {
    self.init(
      try Quantity(column: row[start]), subject: row[start + 1], sigma: row[start + 2],
      value: row[start + 3], uncertainty: row[start + 4], entries: row[start + 5],
      sumW: row[start + 6], sumW2: row[start + 7], unit: row[start + 8])
  }

  /// What keeps this from being a row, as the end of a sentence; nil when nothing does.
  ///
  /// The schema refuses the same; this tells which number it was.
  var problem: String? {
    let name = subject.map { "\(quantity.rawValue) of \($0)" } ?? quantity.rawValue
    if !value.isFinite { return "\(name) is \(value)" }
    for (column, number) in [("sumW", sumW), ("sumW2", sumW2), ("uncertainty", uncertainty)] {
      if let number, !number.isFinite { return "\(column) of \(name) is \(number)" }
    }
    if let uncertainty, uncertainty < 0 { return "uncertainty of \(name) is \(uncertainty)" }
    if let sumW2, sumW2 < 0 { return "sumW2 of \(name) is \(sumW2)" }
    if let sigma, !(-2...2).contains(sigma) { return "sigma of \(name) is \(sigma)" }
    return nil
  }
}
