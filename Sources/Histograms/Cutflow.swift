// SPDX-License-Identifier: Apache-2.0
/// One row of a cutflow: what is left after a cut.
public struct CutflowRow: Sendable, Hashable, Codable {
  public let cut: String
  public let entries: Int
  public let sumW: Double
  public let sumW2: Double
  /// Entries that failed because the cut's value was missing.
  public let missing: Int
  public init(cut: String, entries: Int, sumW: Double, sumW2: Double, missing: Int = 0) {
    self.cut = cut
    self.entries = entries
    self.sumW = sumW
    self.sumW2 = sumW2
    self.missing = missing
  }
}
