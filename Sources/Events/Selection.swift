// SPDX-License-Identifier: Apache-2.0
public import Histograms

/// Text of a selection as the YAML gives it, order kept; SelectionProgram checks it.
public struct SelectionSpecification: Sendable, Hashable, Codable {
  public struct Object: Sendable, Hashable, Codable {
    public var name: String, from: String, fields: [String]?, filter: String?, sort: String?
    public init(name: String, from: String, fields: [String]? = nil, filter: String? = nil, sort: String? = nil) {
      self.name = name
      self.from = from
      self.fields = fields
      self.filter = filter
      self.sort = sort
    }
  }
  public struct Variable: Sendable, Hashable, Codable {
    public var name: String, expression: String
    public init(name: String, expression: String) {
      self.name = name
      self.expression = expression
    }
  }
  public struct Cut: Sendable, Hashable, Codable {
    public var name: String, expression: String
    public init(name: String, expression: String) {
      self.name = name
      self.expression = expression
    }
  }
  /// A region: cuts of `from` first, then its own. channel: the workspace's name (nil: the region's).
  public struct Region: Sendable, Hashable, Codable {
    public var name: String, from: String?, channel: String?, isReported: Bool, cuts: [Cut]
    public init(name: String, from: String? = nil, channel: String? = nil, isReported: Bool = true, cuts: [Cut]) {
      self.name = name
      self.from = from
      self.channel = channel
      self.isReported = isReported
      self.cuts = cuts
    }
  }
  public enum Normalisation: String, Sendable, Hashable, Codable { case own, nominal }
  /// A weight variation: columns (or expressions) that replace the nominal weight.
  public struct WeightVariation: Sendable, Hashable, Codable {
    public var name: String, up: String, down: String, normalisation: Normalisation
    public init(name: String, up: String, down: String, normalisation: Normalisation) {
      self.name = name
      self.up = up
      self.down = down
      self.normalisation = normalisation
    }
  }
  public var objects: [Object], variables: [Variable], weight: String?, regions: [Region], variations: [WeightVariation]
  public init(objects: [Object] = [], variables: [Variable] = [], weight: String? = nil, regions: [Region] = [], variations: [WeightVariation] = []) {
    self.objects = objects
    self.variables = variables
    self.weight = weight
    self.regions = regions
    self.variations = variations
  }
}
/// A column the specification promises: "MET_pt", or field "pt" of collection "Jet" as "Jet_pt".
public struct ColumnDeclaration: Sendable, Hashable, Codable {
  public var name: String, type: ColumnType, collection: String?, isOptional: Bool
  public init(name: String, type: ColumnType, collection: String? = nil, isOptional: Bool = false) {
    self.name = name
    self.type = type
    self.collection = collection
    self.isOptional = isOptional
  }
}
/// One thing wrong with a selection, where in it, and in which characters of the expression.
public struct SelectionProblem: Error, Sendable, Hashable {
  /// "regions.SR.cuts[2]", "variables.ht", "objects.jets.where"
  public let path: String
  /// 0-based character offset in the expression, if one is to blame.
  public let offset: Int?
  public let message: String
  public init(path: String, offset: Int? = nil, message: String) {
    self.path = path
    self.offset = offset
    self.message = message
  }
}
public struct InvalidSelection: Error, Sendable { public let problems: [SelectionProblem] }
/// A checked, compiled selection. Immutable; run() may be called concurrently.
public struct SelectionProgram: Sendable {
  public let specification: SelectionSpecification
  /// Names of the columns it reads.
  public var columns: [String] { [] }
  public init(_ specification: SelectionSpecification, columns: [ColumnDeclaration]) throws(InvalidSelection) { fatalError("contract stub") }
  /// All events of the readers in order. renames: declared name → name in the file.
  public func run(over readers: [any EventReader], renames: [String: String] = [:]) throws -> SelectionResult { fatalError("contract stub") }
}
/// Σw and Σw² with a given weight.
public struct WeightedCount: Sendable, Hashable, Codable {
  public var sumW: Double, sumW2: Double
  public init(sumW: Double = 0, sumW2: Double = 0) {
    self.sumW = sumW
    self.sumW2 = sumW2
  }
}
public struct RegionYield: Sendable, Hashable, Codable {
  public let region: String, channel: String, entries: Int, nominal: WeightedCount
  /// Variation name → (up, down).
  public let variations: [String: VariedCount]
  public struct VariedCount: Sendable, Hashable, Codable { public let up: WeightedCount, down: WeightedCount }
  public let cutflow: [CutflowRow]
}
public struct SelectionResult: Sendable, Hashable, Codable {
  /// All events, before any cut.
  public let entries: Int, total: WeightedCount, variationTotals: [String: RegionYield.VariedCount]
  public let regions: [RegionYield]
  /// Variable or cut → how many values weren't finite.
  public let nonFinite: [String: Int]
}
