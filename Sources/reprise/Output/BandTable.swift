// SPDX-License-Identifier: Apache-2.0

/// Observed values beside their expected bands.
enum BandTable {
  /// - Parameter title: stands above the labels.
  static func columns(_ title: String = "") -> [Table.Column] {
    [.text(title)] + ["observed", "-2σ", "-1σ", "expected", "+1σ", "+2σ"].map { .number($0) }
  }

  static func lines(_ rows: [(label: String, observed: Double, expected: [Double])]) -> [String] {
    lines(known: rows.map { ($0.label, $0.observed, $0.expected) })
  }

  /// The same with a dash for what isn't known.
  static func lines(
    known rows: [(label: String, observed: Double?, expected: [Double])]
  ) -> [String] {
    Table(
      columns(),
      rows.map { row in
        let band =
          row.expected.count == 5
          ? row.expected.map { NumberText.of($0) } : [String](repeating: "-", count: 5)
        return [row.label, NumberText.of(row.observed)] + band
      }
    ).lines()
  }
}
