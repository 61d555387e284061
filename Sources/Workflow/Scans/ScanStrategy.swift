// SPDX-License-Identifier: Apache-2.0

/// Where the points of a scan come from.
public enum ScanStrategy: Sendable, Hashable, Codable {
  /// A design, then points chosen with a surrogate.
  case active
  /// A scrambled Sobol' sequence.
  case sobol
  /// Independent uniform points.
  case random
  /// A regular grid.
  case grid(pointsPerAxis: Int)
  /// These points, each with its coordinates in the order of the parameters.
  case points([[Double]])

  /// As in `strategy:` of a scan file.
  public var name: String {
    switch self {
    case .active: "active"
    case .sobol: "sobol"
    case .random: "random"
    case .grid: "grid"
    case .points: "points"
    }
  }
}

/// The points an active scan begins with.
public struct ScanDesign: Sendable, Hashable, Codable {
  /// Number of points of a Sobol' design; nil for the larger of 6 and 2 d + 2.
  public let points: Int?
  /// Whether the corners of the ranges go first.
  public let hasCorners: Bool
  /// Points to begin with, each with its coordinates in the order of the parameters.
  public let seedPoints: [[Double]]

  /// A design from its parts.
  public init(points: Int? = nil, hasCorners: Bool = false, seedPoints: [[Double]] = []) {
    self.points = points
    self.hasCorners = hasCorners
    self.seedPoints = seedPoints
  }
}

/// How an active scan chooses its points.
public struct ScanAcquisition: Sendable, Hashable, Codable {
  /// What is maximised.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The sum over contours of the entropy of a point's side.
    case mesSum = "mes-sum"
    /// The straddle with a random weight of the uncertainty (arXiv:2408.03144).
    case randomisedStraddle = "randomised-straddle"
    /// Targeted integrated mean squared error (Picheny 2010).
    case timse
    /// Stepwise uncertainty reduction of the misclassified area (Bect 2012).
    case sur
  }

  /// What is maximised.
  public let kind: Kind
  /// Number of points proposed at once, at least 1.
  public let batch: Int

  /// An acquisition from its parts.
  public init(kind: Kind = .mesSum, batch: Int = 1) {
    self.kind = kind
    self.batch = batch
  }
}
