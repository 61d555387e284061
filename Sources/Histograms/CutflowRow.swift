// SPDX-License-Identifier: Apache-2.0

/// One row of a cutflow: what is left after a cut.
public struct CutflowRow: Sendable, Hashable, Codable {
  /// Name of the cut; `all` for the row before any cut.
  public let cut: String
  /// Number of events that passed this cut and those before it.
  public let entries: Int
  /// Sum of their weights.
  public let sumW: Double
  /// Sum of their squared weights.
  public let sumW2: Double
  /// Events that reached this cut and failed because its value was missing.
  public let missing: Int

  /// A row.
  public init(cut: String, entries: Int, sumW: Double, sumW2: Double, missing: Int = 0) {
    self.cut = cut
    self.entries = entries
    self.sumW = sumW
    self.sumW2 = sumW2
    self.missing = missing
  }
}
