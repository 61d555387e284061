// SPDX-License-Identifier: Apache-2.0

/// How far a fit moved a nuisance parameter, and how much it learnt about it: both in units of its
/// uncertainty before the fit.
public struct Pull: Hashable, Sendable {
  /// The parameter.
  public var name: String
  /// (θ̂ − θ₀) / Δθ, **unit**: the uncertainty before the fit.
  public var value: Double
  /// Downward uncertainty after the fit, zero or more.
  public var down: Double
  /// Upward uncertainty after the fit, zero or more.
  public var up: Double

  /// A pull with different uncertainties up and down.
  public init(_ name: String, value: Double, down: Double, up: Double) {
    (self.name, self.value, self.down, self.up) = (name, value, down, up)
  }

  /// A pull with a symmetric uncertainty.
  public init(_ name: String, value: Double, uncertainty: Double) {
    self.init(name, value: value, down: uncertainty, up: uncertainty)
  }

  func check() throws(FigureError) {
    try Check.finite([value], "the pull of '\(name)'")
    try Check.uncertainties([down, up], "the pull of '\(name)'")
  }
}
