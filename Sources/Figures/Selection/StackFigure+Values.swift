// SPDX-License-Identifier: Apache-2.0

extension StackFigure {
  /// Where the bins are.
  public enum Bins: Hashable, Sendable {
    /// Ascending, one more than there are bins.
    case edges([Double])
    /// Bins of the same width with a name each, such as regions.
    case names([String])

    /// How many there are.
    public var count: Int {
      switch self {
      case .edges(let edges): max(0, edges.count - 1)
      case .names(let names): names.count
      }
    }

    /// Left and right end of each bin.
    var spans: [(lower: Double, upper: Double)] {
      switch self {
      case .edges(let edges): Array(zip(edges, edges.dropFirst()))
      case .names(let names): names.indices.map { (Double($0) - 0.5, Double($0) + 0.5) }
      }
    }
  }

  /// A histogram with a name.
  public struct Sample: Hashable, Sendable {
    /// For the legend.
    public var name: String
    /// **Shape**: [bins].
    public var yields: [Double]

    /// A sample from its parts.
    public init(_ name: String, yields: [Double]) { (self.name, self.yields) = (name, yields) }
  }

  /// A value with the ends of its error bar.
  public struct Measurement: Hashable, Sendable {
    /// What was measured.
    public var value: Double
    /// Distance of the lower end, zero or more.
    public var down: Double
    /// Distance of the upper end, zero or more.
    public var up: Double

    /// A measurement from its parts.
    public init(_ value: Double, down: Double, up: Double) {
      (self.value, self.down, self.up) = (value, down, up)
    }

    /// A count of events with the central 68% interval of its Poisson mean (Garwood 1936): for no
    /// event, from 0 to 1.84.
    public init(count: Int) {
      let distances = PoissonInterval.distances(Double(max(count, 0)))
      self.init(Double(count), down: distances.down, up: distances.up)
    }
  }
}
