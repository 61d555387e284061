// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
package import Steps
import Workflow

/// Efficiencies of simulated points, interpolated in between: region by region a Gaussian process
/// in log ε on the cube that the points span, and another in the logarithm of each variation's
/// ratio to the nominal.
package struct EfficiencyInterpolation: Sendable {
  /// One efficiency of a simulated point.
  package struct Entry: Hashable, Sendable {
    /// In the order of the map's parameters.
    package let point: [Double]
    package let region: String
    /// Such as `isr_up`; nil for the nominal one.
    package let variation: String?
    /// Selected events, not weighted.
    package let entries: Int
    /// Σw selected over Σw of all.
    package let efficiency: Double
    /// Statistical.
    package let uncertainty: Double
    /// Generated events, where the map says so.
    package let generated: Int?

    package init(
      point: [Double], region: String, variation: String? = nil, entries: Int, efficiency: Double,
      uncertainty: Double, generated: Int? = nil
    ) {
      (self.point, self.region, self.variation) = (point, region, variation)
      (self.entries, self.efficiency, self.uncertainty) = (entries, efficiency, uncertainty)
      self.generated = generated
    }
  }

  /// A region as the analysis reports it, and the name the workspace knows it by.
  package struct Channel: Hashable, Sendable {
    package let region: String
    package let channel: String

    package init(region: String, channel: String) {
      (self.region, self.channel) = (region, channel)
    }
  }

  let parameters: [String]
  private let cube: MapCube
  private let hull: ConvexHull
  private let regions: [InterpolatedRegion]
  private let variations: [String]
  private let channels: [Channel]
  /// The largest number of generated events, in equivalent unweighted ones.
  private let size: Double

  /// - Parameters:
  ///   - parameters: names of the point's coordinates.
  ///   - entries: all of the map, in any order.
  ///   - channels: the regions that the replaced step reports, in its order.
  ///   - variations: names of the variations that it makes.
  /// - Throws: `Failure` with everything that is wrong.
  package init(
    parameters: [String], entries: [Entry], channels: [Channel], variations: [String]
  ) throws {
    try Self.check(entries, channels, variations)
    let points = Self.points(of: entries)
    cube = try MapCube(parameters, points)
    hull = ConvexHull(points)
    let sizes = Dictionary(grouping: entries.filter { $0.variation == nil }, by: \.point)
      .mapValues { $0.compactMap(\.equivalentEvents).max() ?? 0 }
    let largest = sizes.values.max() ?? 0
    guard largest > 0 else {
      throw Failure.refused(
        "the efficiency map selects no event at any point: without one there is no signal")
    }
    let byRegion = Dictionary(grouping: entries, by: \.region)
    let cube = cube
    regions = try channels.map { channel in
      try InterpolatedRegion(
        byRegion[channel.region] ?? [], variations: variations, on: cube,
        sizes: sizes.mapValues { $0 > 0 ? $0 : largest })
    }
    (self.parameters, self.variations, self.channels) = (parameters, variations, channels)
    size = largest
  }

  /// What a selection of the point's events would yield, by interpolation: fractions of one
  /// generated event, with the interpolation's variance (which has the simulation's in it) as Σw².
  package func yields(at point: [String: Double]) throws -> SelectionYields {
    let position = try cube.position(of: point)
    let unit = SelectionYields.Sum(sumW: 1, sumW2: nil)
    return SelectionYields(
      entries: Int(size.rounded()), total: unit,
      // Efficiencies of a variation are relative to its own sum, or to the nominal one: either way
      // they are what one generated event yields.
      variations: variations.map {
        .init(name: $0, norm: .own, total: .init(up: unit, down: unit))
      },
      regions: zip(channels, regions).map { channel, region in
        let prediction = region.prediction(at: position)
        return SelectionYields.Region(
          region: channel.region, channel: channel.channel,
          entries: Int((prediction.efficiency * size).rounded()),
          nominal: .init(sumW: prediction.efficiency, sumW2: prediction.variance),
          variations: prediction.variations.mapValues {
            .init(up: .init(sumW: $0.up, sumW2: nil), down: .init(sumW: $0.down, sumW2: nil))
          })
      })
  }

  /// Whether a point lies outside of the convex hull of the simulated ones.
  package func isExtrapolated(_ point: [String: Double]) -> Bool {
    !hull.contains(parameters.map { point[$0] ?? .nan })
  }

  /// How well each region is predicted at points that are left out in turn.
  package func report() -> EfficiencyMapReport {
    EfficiencyMapReport(
      points: cube.count,
      regions: zip(channels, regions).map { channel, region in
        let (error, pull) = region.leaveOneOut()
        return .init(region: channel.region, leaveOneOut: error, leaveOneOutPull: pull)
      })
  }

  /// The simulated points, each once, in the order of the map.
  private static func points(of entries: [Entry]) -> [[Double]] {
    var seen: Set<[Double]> = []
    return entries.map(\.point).filter { seen.insert($0).inserted }
  }
}

extension EfficiencyInterpolation {
  /// The regions and variations must be those of the analysis; that each has a row at every point
  /// is the table's own matter.
  private static func check(
    _ entries: [Entry], _ channels: [Channel], _ variations: [String]
  ) throws {
    let regions = compared(
      "region", Set(entries.map(\.region)), with: channels.map(\.region))
    let varied = compared(
      "variation", Set(entries.compactMap(\.variation)),
      with: variations.flatMap { ["\($0)_up", "\($0)_down"] })
    let problems = regions + varied
    guard problems.isEmpty else { throw Failure.refused(problems.joined(separator: "\n")) }
  }

  private static func compared(
    _ what: String, _ found: Set<String>, with wanted: [String]
  ) -> [String] {
    found.subtracting(wanted).sorted().map {
      "the efficiency map has \(what) '\($0)', which the analysis doesn't report"
        + "\(Suggestion.hint(for: $0, among: wanted, known: "it has"))."
    }
      + wanted.filter { !found.contains($0) }.map {
        "the efficiency map lacks \(what) '\($0)', which the analysis reports."
      }
  }
}

extension EfficiencyInterpolation.Entry {
  /// N of the binomial that has this efficiency and uncertainty, ε(1 − ε)/δ²; nil where none can
  /// be told.
  var equivalentEvents: Double? {
    if efficiency > 0, efficiency < 1, uncertainty > 0 {
      return efficiency * (1 - efficiency) / (uncertainty * uncertainty)
    }
    if let generated { return Double(generated) }
    return efficiency >= 1 && entries > 0 ? Double(entries) / efficiency : nil
  }
}
