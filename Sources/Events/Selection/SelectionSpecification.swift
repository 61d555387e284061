// SPDX-License-Identifier: Apache-2.0

/// The text of a selection as its YAML gives it, order kept. `SelectionProgram` checks it.
public struct SelectionSpecification: Sendable, Hashable, Codable {
  /// A named list of objects made from another one: `jets: {from: Jet, where: "pt > 50"}`.
  public struct Object: Sendable, Hashable, Codable {
    /// Its name in expressions.
    public var name: String
    /// A collection of the events or another object.
    public var from: String
    /// The fields expressions may use; nil for all of `from`.
    public var fields: [String]?
    /// A condition on the element: those for which it is false or missing are left out.
    public var filter: String?
    /// A number the elements are ordered by, lowest first (`-pt`: highest pt first). The order is
    /// stable; NaN and missing come last.
    public var sort: String?
    /// Fields computed for each element of `from` before anything else: new ones, or new values of
    /// those it has (smeared momenta). Their expressions see the values of `from`.
    public var computed: [Shift.Replacement]?
    /// An object.
    public init(
      name: String, from: String, fields: [String]? = nil, filter: String? = nil,
      sort: String? = nil, computed: [Shift.Replacement]? = nil
    ) {
      self.name = name
      self.from = from
      self.computed = computed
      self.fields = fields
      self.filter = filter
      self.sort = sort
    }
  }

  /// A named expression of the event.
  public struct Variable: Sendable, Hashable, Codable {
    /// Its name in expressions.
    public var name: String
    /// What it stands for.
    public var expression: String
    /// A variable.
    public init(name: String, expression: String) {
      self.name = name
      self.expression = expression
    }
  }

  /// A named condition of the event; an event for which it is missing fails it.
  public struct Cut: Sendable, Hashable, Codable {
    /// Its name in the cutflow.
    public var name: String
    /// The condition.
    public var expression: String
    /// A cut.
    public init(name: String, expression: String) {
      self.name = name
      self.expression = expression
    }
  }

  /// A line of cuts: those of `from` first, then its own.
  public struct Region: Sendable, Hashable, Codable {
    /// Its name.
    public var name: String
    /// The region whose cuts come first.
    public var from: String?
    /// The name the workspace knows it by; nil if that is `name`.
    public var channel: String?
    /// Whether the result has it; a region may be there only to be inherited from.
    public var isReported: Bool
    /// Its own cuts, in order.
    public var cuts: [Cut]
    /// A factor of the events' weight in this region and those that inherit from it, a row
    /// `weight` of the cutflow in front of its own cuts; nil for none.
    public var weight: String?
    /// A region.
    public init(
      name: String, from: String? = nil, channel: String? = nil, isReported: Bool = true,
      cuts: [Cut], weight: String? = nil
    ) {
      self.weight = weight
      self.name = name
      self.from = from
      self.channel = channel
      self.isReported = isReported
      self.cuts = cuts
    }
  }

  /// Which sum of weights a variation is divided by.
  public enum Normalisation: String, Sendable, Hashable, Codable, CaseIterable {
    /// Its own: only the shape varies.
    case own
    /// The nominal one: the rate varies with it.
    case nominal
  }

  /// Weights that replace the nominal one, up and down.
  public struct WeightVariation: Sendable, Hashable, Codable {
    /// Its name.
    public var name: String
    /// Expression of the weight one standard deviation up.
    public var up: String
    /// Expression of the weight one standard deviation down.
    public var down: String
    /// Which sum of weights it is divided by; carried along, not applied here.
    public var normalisation: Normalisation
    /// A variation.
    public init(name: String, up: String, down: String, normalisation: Normalisation) {
      self.name = name
      self.up = up
      self.down = down
      self.normalisation = normalisation
    }
  }

  /// Named lists of objects.
  public var objects: [Object]
  /// Named expressions of the event.
  public var variables: [Variable]
  /// Expression of the event's weight; nil is 1.
  public var weight: String?
  /// Lines of cuts.
  public var regions: [Region]
  /// Variations of the weight.
  public var variations: [WeightVariation]
  /// Histograms of regions.
  public var histograms: [Histogram] = []
  /// Variations of columns.
  public var shifts: [Shift] = []
  /// Variations of the rate.
  public var rates: [Rate] = []
  /// Tables that expressions may use.
  public var tables: [Table] = []
  /// Makes the random numbers of one analysis differ from those of another.
  public var seed: UInt64 = 0

  /// A specification; what has no parameter here is empty and may be set afterwards.
  public init(
    objects: [Object] = [], variables: [Variable] = [], weight: String? = nil,
    regions: [Region] = [], variations: [WeightVariation] = []
  ) {
    self.objects = objects
    self.variables = variables
    self.weight = weight
    self.regions = regions
    self.variations = variations
  }
}
