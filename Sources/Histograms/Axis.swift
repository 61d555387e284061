// SPDX-License-Identifier: Apache-2.0

/// Contiguous bins of one quantity, each holding its lower edge and not its upper one.
///
/// **Shape**: `binCount` bins plus two flow bins that are always kept: index 0 is the underflow,
/// 1 … `binCount` are the bins, `binCount + 1` is the overflow.
public struct Axis: Sendable, Hashable {
  /// What is binned: `meff`.
  public let name: String
  /// Its unit, if it has one: `GeV`.
  public let unit: String?
  /// Lower edge of each bin, then the upper edge of the last: `binCount + 1` rising numbers.
  public let edges: [Double]
  /// Bins per unit of the quantity where all bins are equally wide, a first guess of the index.
  private let density: Double?

  /// Bins of one width over `[lower, upper)`.
  /// - Throws: `HistogramError` if there is no bin or the range is empty or not finite.
  public init(
    name: String, unit: String? = nil, bins: Int, lower: Double, upper: Double
  ) throws(HistogramError) {
    guard bins > 0, bins <= Self.largestBinCount else {
      throw HistogramError(
        "axis '\(name)' has \(bins) bins: give between 1 and \(Self.largestBinCount)")
    }
    let width = upper - lower
    let edges = (0...bins).map { $0 == bins ? upper : lower + width * Double($0) / Double(bins) }
    try self.init(name: name, unit: unit, edges: edges, density: Double(bins) / width)
  }

  /// Bins between edges that may be unevenly spaced.
  /// - Throws: `HistogramError` if there are fewer than two edges, or they don't rise strictly.
  public init(name: String, unit: String? = nil, edges: [Double]) throws(HistogramError) {
    try self.init(name: name, unit: unit, edges: edges, density: Self.density(of: edges))
  }

  /// Bins per unit if all are equally wide, as exactly as the other initialiser makes them.
  private static func density(of edges: [Double]) -> Double? {
    guard let lower = edges.first, let upper = edges.last, lower < upper else { return nil }
    let (bins, width) = (edges.count - 1, upper - lower)
    let isUniform = edges.indices.dropLast().allSatisfy {
      edges[$0] == lower + width * Double($0) / Double(bins)
    }
    return isUniform ? Double(bins) / width : nil
  }

  private init(
    name: String, unit: String?, edges: [Double], density: Double?
  ) throws(HistogramError) {
    guard edges.count >= 2, edges.count <= Self.largestBinCount + 1 else {
      throw HistogramError(
        "axis '\(name)' has \(edges.count) edges: give between 2 and \(Self.largestBinCount + 1)")
    }
    for (lower, upper) in zip(edges, edges.dropFirst()) where !(lower < upper) {
      throw HistogramError("axis '\(name)': edge \(upper) must lie above edge \(lower)")
    }
    guard let first = edges.first, let last = edges.last, first.isFinite, last.isFinite else {
      throw HistogramError("axis '\(name)': edges must be finite, the flow bins hold the rest")
    }
    self.name = name
    self.unit = unit
    self.edges = edges
    // The width of a bin may be so small that its inverse is no number.
    self.density = density.flatMap { $0.isFinite ? $0 : nil }
  }

  /// Number of bins without the flow bins.
  public var binCount: Int { edges.count - 1 }

  /// Storage index of the bin that holds a value: 0 below all bins, `binCount + 1` at or above
  /// the last edge, nil for NaN.
  ///
  /// Bin `i` holds exactly the values with `edges[i - 1] <= value < edges[i]`: the guess of
  /// evenly spaced bins is corrected for rounding, so that an edge opens its own bin.
  @inline(__always)
  public func index(of value: Double) -> Int? {
    if value.isNaN { return nil }
    if value < edges[0] { return 0 }
    if value >= edges[binCount] { return binCount + 1 }
    guard let density else { return firstEdge(above: value) }
    var index = min(Int((value - edges[0]) * density), binCount - 1)
    while value < edges[index] { index -= 1 }
    while value >= edges[index + 1] { index += 1 }
    return index + 1
  }

  private func firstEdge(above value: Double) -> Int {
    var low = 0
    var high = edges.count
    while low < high {
      let middle = (low + high) / 2
      if edges[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static let largestBinCount = 1_000_000

  /// Two axes are equal if they bin the same quantity the same way.
  public static func == (left: Axis, right: Axis) -> Bool {
    left.name == right.name && left.unit == right.unit && left.edges == right.edges
  }
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(unit)
    hasher.combine(edges)
  }
}

extension Axis: Codable {
  private enum CodingKeys: String, CodingKey { case name, unit, edges }

  /// Reads `{"name", "unit", "edges"}`.
  /// - Throws: `HistogramError` for edges that make no axis, `DecodingError` for other shapes.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      name: values.decode(String.self, forKey: .name),
      unit: values.decodeIfPresent(String.self, forKey: .unit),
      edges: values.decode([Double].self, forKey: .edges))
  }

  /// Writes `{"name", "unit", "edges"}`.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(name, forKey: .name)
    try values.encodeIfPresent(unit, forKey: .unit)
    try values.encode(edges, forKey: .edges)
  }
}
