// SPDX-License-Identifier: Apache-2.0
public import Events
import Histograms
import Workflow

/// What a selection yields: sums of weights of all events and of each reported region.
///
/// It is the content of the output `yields` of a selection, in JSON.
public struct SelectionYields: Sendable, Hashable, Codable {
  /// Σw, and Σw² where it is known.
  public struct Sum: Sendable, Hashable, Codable {
    /// Σw.
    public var sumW: Double
    /// Σw²; nil for skimmed files, whose other events nobody has seen.
    public var sumW2: Double?

    package init(sumW: Double, sumW2: Double?) {
      (self.sumW, self.sumW2) = (sumW, sumW2)
    }

    enum CodingKeys: String, CodingKey {
      case sumW = "sum_w"
      case sumW2 = "sum_w2"
    }
  }

  /// Sums with the weights of a variation.
  public struct Varied: Sendable, Hashable, Codable {
    /// With the weight one standard deviation up.
    public var up: Sum
    /// With the weight one standard deviation down.
    public var down: Sum

    package init(up: Sum, down: Sum) {
      (self.up, self.down) = (up, down)
    }
  }

  /// A variation of the weight and its sums over all events.
  public struct Variation: Sendable, Hashable, Codable {
    /// Its name.
    public var name: String
    /// Which sum its yields are divided by.
    public var norm: SelectionSpecification.Normalisation
    /// Over all events.
    public var total: Varied

    package init(name: String, norm: SelectionSpecification.Normalisation, total: Varied) {
      (self.name, self.norm, self.total) = (name, norm, total)
    }
  }

  /// What a region selects.
  public struct Region: Sendable, Hashable, Codable {
    /// Its name.
    public var region: String
    /// The name the workspace knows it by.
    public var channel: String
    /// Number of events.
    public var entries: Int
    /// Their sums with the nominal weight.
    public var nominal: Sum
    /// Their sums by variation.
    public var variations: [String: Varied]

    package init(
      region: String, channel: String, entries: Int, nominal: Sum, variations: [String: Varied]
    ) {
      (self.region, self.channel, self.entries) = (region, channel, entries)
      (self.nominal, self.variations) = (nominal, variations)
    }
  }

  /// Number of events read.
  public var entries: Int
  /// Over all generated events, before any cut.
  public var total: Sum
  /// Variations in the order of the specification.
  public var variations: [Variation]
  /// Reported regions in the order of the specification.
  public var regions: [Region]
  /// Histograms in the order of the specification; nil for none.
  public var histograms: [HistogramYield]?
  /// Changes of the rate; nil for none.
  public var rates: [SelectionSpecification.Rate]?
  /// How many events the reported regions share; nil for fewer than two regions.
  public var overlaps: RegionOverlaps?

  package init(entries: Int, total: Sum, variations: [Variation], regions: [Region]) {
    (self.entries, self.total) = (entries, total)
    (self.variations, self.regions) = (variations, regions)
  }
}

extension SelectionYields {
  /// The yields of a result whose events are all that were generated.
  /// - Throws: `StepError` when the events have no weight to divide by.
  public init(_ result: SelectionResult, of selection: SelectionSpecification) throws {
    try self.init(result, of: selection, events: EventsDescriptor(format: "", tree: nil))
  }

  /// The yields of a result, with the totals of the events' metadata when the files were skimmed.
  ///
  /// - Throws: `StepError` when the metadata lack the sum of a weight in use, and when the events
  ///   have no weight to divide by.
  init(
    _ result: SelectionResult, of selection: SelectionSpecification, events: EventsDescriptor
  ) throws {
    let totals = GeneratedTotals(events)
    entries = result.entries
    total = try totals.sum(of: selection.weight, read: result.total)
    guard total.sumW.isFinite, total.sumW != 0 else {
      throw StepError(
        "the weights of all \(result.entries) events add up to \(total.sumW), "
          + "so no fraction of them can be given")
    }
    variations = try selection.variations.map { variation in
      guard let read = result.variationTotals[variation.name] else {
        throw StepError("the selection gives no totals of the variation '\(variation.name)'")
      }
      let varied = Varied(
        up: try totals.sum(of: variation.up, read: read.up),
        down: try totals.sum(of: variation.down, read: read.down))
      return Variation(name: variation.name, norm: variation.normalisation, total: varied)
    }
    // Shifts change which events are selected, not which were generated.
    let all = Varied(up: total, down: total)
    variations += selection.shifts.map { Variation(name: $0.name, norm: .nominal, total: all) }
    histograms = result.histograms.isEmpty ? nil : result.histograms
    rates = selection.rates.isEmpty ? nil : selection.rates
    overlaps = result.overlaps.regions.count < 2 ? nil : result.overlaps
    regions = result.regions.map { region in
      Region(
        region: region.region, channel: region.channel, entries: region.entries,
        nominal: Sum(region.nominal), variations: region.variations.mapValues(Varied.init))
    }
  }
}

extension SelectionYields.Sum {
  init(_ count: WeightedCount) { self.init(sumW: count.sumW, sumW2: count.sumW2) }
}

extension SelectionYields.Varied {
  init(_ count: RegionYield.VariedCount) {
    self.init(up: .init(count.up), down: .init(count.down))
  }
}

/// Sums over all generated events: those read, or those the signal states for skimmed files.
private struct GeneratedTotals {
  let events: EventsDescriptor

  init(_ events: EventsDescriptor) { self.events = events }

  func sum(of weight: String?, read: WeightedCount) throws -> SelectionYields.Sum {
    if events.sumOfWeights == nil, events.entries == nil { return SelectionYields.Sum(read) }
    let weight = weight?.trimmingSpaces ?? "1"
    if weight == "1" {
      guard let entries = events.entries else {
        throw StepError(
          "the files were skimmed and events are counted, so the signal must give 'entries', the "
            + "number of all generated events")
      }
      return SelectionYields.Sum(sumW: Double(entries), sumW2: Double(entries))
    }
    guard let sum = events.sumOfWeights?[weight] else {
      throw StepError(
        "the files were skimmed, so 'sum_of_weights' of the signal must give the sum of "
          + "'\(weight)' over all generated events")
    }
    return SelectionYields.Sum(sumW: sum, sumW2: nil)
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
