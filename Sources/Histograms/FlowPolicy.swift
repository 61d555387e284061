// SPDX-License-Identifier: Apache-2.0

/// What becomes of a flow bin where only the bins proper are handed on. Storage always keeps it.
public enum FlowPolicy: String, Sendable, Hashable, Codable, CaseIterable {
  /// Its content is added to the bin beside it.
  case fold
  /// Its content is left out.
  case drop
}

/// What is handed on of a histogram: the bins proper, flow bins folded in or left out.
///
/// **Shape**: [bins]; of two axes, the second one runs fastest.
public struct BinContents: Sendable, Hashable, Codable {
  /// Sum of weights per bin.
  public let sumW: [Double]
  /// Sum of squared weights per bin.
  public let sumW2: [Double]

  /// Contents of some bins.
  public init(sumW: [Double], sumW2: [Double]) {
    self.sumW = sumW
    self.sumW2 = sumW2
  }
}

/// What becomes of both flow bins of an axis.
public struct FlowPolicies: Sendable, Hashable, Codable {
  /// Of what lies below the first bin.
  public var underflow: FlowPolicy
  /// Of what lies at or above the last edge.
  public var overflow: FlowPolicy

  /// The policies of an axis.
  public init(underflow: FlowPolicy, overflow: FlowPolicy) {
    self.underflow = underflow
    self.overflow = overflow
  }

  /// The bin proper, from 0, that takes a bin of the storage; nil if it is left out.
  func target(of index: Int, binCount: Int) -> Int? {
    switch index {
    case 0: underflow == .fold ? 0 : nil
    case binCount + 1: overflow == .fold ? binCount - 1 : nil
    default: index - 1
    }
  }
}
