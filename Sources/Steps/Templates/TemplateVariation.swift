// SPDX-License-Identifier: Apache-2.0
public import HistFactory

/// How variations become modifiers of a workspace.
public struct VariationTreatment: Sendable, Hashable, Codable {
  /// Whether the ratio to the nominal histogram is smoothed by "353QH, twice".
  public var isSmoothed: Bool
  /// Whether down is the mirror image of up, whatever down is.
  public var isSymmetrised: Bool
  /// Whether the change of the sum and that of the shape are a normsys and a histosys of one
  /// parameter; else all is a histosys.
  public var isSplit: Bool
  /// A part that changes nothing by more than this fraction is left out.
  public var pruning: Double

  /// A treatment.
  public init(
    isSmoothed: Bool = false, isSymmetrised: Bool = false, isSplit: Bool = true, pruning: Double = 0
  ) {
    self.isSmoothed = isSmoothed
    self.isSymmetrised = isSymmetrised
    self.isSplit = isSplit
    self.pruning = pruning
  }
}

/// What a sample's histogram becomes by a change of one standard deviation.
public struct TemplateVariation: Sendable, Hashable {
  /// Name of the parameter.
  public var name: String
  /// Events one standard deviation up [bins].
  public var up: [Double]
  /// Events one standard deviation down [bins]; nil for the mirror image of up.
  public var down: [Double]?

  /// A variation.
  public init(name: String, up: [Double], down: [Double]? = nil) {
    self.name = name
    self.up = up
    self.down = down
  }

  /// The modifiers it is: a normsys, a histosys, both of one name, or none.
  ///
  /// A single bin has no shape. Sums that change sign can't be split and stay one histosys.
  public func modifiers(
    of nominal: [Double], _ treatment: VariationTreatment
  ) -> [Workspace.Modifier] {
    func smooth(_ varied: [Double]) -> [Double] {
      treatment.isSmoothed ? Smoothing.smoothed(varied, relativeTo: nominal) : varied
    }
    let high = smooth(up)
    let mirrored = zip(nominal, high).map { 2 * $0 - $1 }
    let low = treatment.isSymmetrised ? mirrored : down.map(smooth) ?? mirrored
    let total = nominal.reduce(0, +)
    let factors = [low, high].map { $0.reduce(0, +) / total }
    guard treatment.isSplit, factors.allSatisfy({ $0.isFinite && $0 > 0 }) else {
      let isNegligible = Self.isNegligible([low, high], beside: nominal, treatment.pruning)
      return isNegligible
        ? [] : [Workspace.Modifier(name: name, kind: .histosys(lo: low, hi: high))]
    }
    var modifiers: [Workspace.Modifier] = []
    if factors.contains(where: { abs($0 - 1) > treatment.pruning }) {
      modifiers.append(.init(name: name, kind: .normsys(lo: factors[0], hi: factors[1])))
    }
    let shapes = zip([low, high], factors).map { varied, factor in varied.map { $0 / factor } }
    if nominal.count > 1, !Self.isNegligible(shapes, beside: nominal, max(treatment.pruning, 1e-12))
    {
      modifiers.append(.init(name: name, kind: .histosys(lo: shapes[0], hi: shapes[1])))
    }
    return modifiers
  }

  private static func isNegligible(
    _ varied: [[Double]], beside nominal: [Double], _ fraction: Double
  ) -> Bool {
    varied.allSatisfy { histogram in
      zip(histogram, nominal).allSatisfy { abs($0 - $1) <= fraction * abs($1) }
    }
  }
}
