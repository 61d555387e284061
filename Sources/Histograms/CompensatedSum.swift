// SPDX-License-Identifier: Apache-2.0

/// A sum that carries the rounding error of each addition along.
///
/// The error of one addition is found by Knuth's branch-free TwoSum; it is the same number as the
/// one of Neumaier's variant of Kahan's sum (Z. Angew. Math. Mech. 54, 1974), which picks it by
/// comparing magnitudes. The value depends on the order of the terms, but hardly ever in its bits.
package struct CompensatedSum: Sendable, Hashable {
  private var sum = 0.0
  private var compensation = 0.0

  /// The sum of nothing: 0.
  package init() {}

  /// Adds one term.
  @inline(__always)
  package mutating func add(_ term: Double) {
    let total = sum + term
    let part = total - sum
    compensation += (sum - (total - part)) + (term - part)
    sum = total
  }

  /// The sum, errors put back.
  package var value: Double { sum + compensation }
}
