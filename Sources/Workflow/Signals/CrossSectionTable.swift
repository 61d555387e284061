// SPDX-License-Identifier: Apache-2.0
public import Artifacts

/// Cross sections on a regular grid of one or more parameters, interpolated linearly in log σ.
public struct CrossSectionTable: Sendable, Hashable, Codable {
  /// A parameter and the values it has on the grid.
  public struct Axis: Sendable, Hashable, Codable {
    /// As in a signal's point.
    public let parameter: String
    /// Ascending, at least two.
    public let values: [Double]

    /// An axis from its parts.
    public init(parameter: String, values: [Double]) {
      self.parameter = parameter
      self.values = values
    }
  }

  /// The CSV file it was read from.
  public let file: Artifact
  /// Axes in the order of the file's columns.
  public let axes: [Axis]
  /// Picobarns at each corner of the grid, above zero; the last axis runs fastest.
  public let picobarns: [Double]
  /// Theory uncertainties, pb, in the same order; nil when the file has none.
  public let uncertainties: [Double]?
  /// Higher orders over the order of the table.
  public let kFactor: Double
  /// In (0, 1].
  public let branchingRatio: Double
  /// Share of events that the generator's filter kept, in (0, 1].
  public let filterEfficiency: Double

  init(
    file: Artifact, axes: [Axis], picobarns: [Double], uncertainties: [Double]?, kFactor: Double,
    branchingRatio: Double, filterEfficiency: Double
  ) {
    self.file = file
    self.axes = axes
    self.picobarns = picobarns
    self.uncertainties = uncertainties
    self.kFactor = kFactor
    self.branchingRatio = branchingRatio
    self.filterEfficiency = filterEfficiency
  }
}

/// Where the cross sections of a signal family come from.
public enum CrossSectionSource: Sendable, Hashable, Codable {
  /// The same everywhere.
  case constant(CrossSection)
  /// A table over some of the parameters.
  case table(CrossSectionTable)
}
