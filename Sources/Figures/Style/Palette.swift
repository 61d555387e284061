// SPDX-License-Identifier: Apache-2.0

/// Colours that people with any colour vision tell apart: those of Okabe and Ito
/// (jfly.uni-koeln.de/color) with a grey for their black; bands differ in lightness as well.
public struct Palette: Hashable, Sendable {
  /// Axes and text.
  public var ink = "#1a1a1a"
  /// Behind everything.
  public var paper = "#ffffff"
  /// Of secondary marks such as grid lines.
  public var faint = "#8c8c8c"
  /// What was observed.
  public var observed = "#b3261e"
  /// What was expected.
  public var expected = "#00588f"
  /// Within one standard deviation of what was expected.
  public var oneSigma = "#5fba6d"
  /// Within two standard deviations of what was expected.
  public var twoSigma = "#ffe680"
  /// What theory predicts.
  public var theory = "#7b3294"
  /// Samples, classes and curves, in order; they begin again after the last.
  public var series = [
    "#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#0072b2", "#d55e00", "#595959",
  ]

  /// The standard colours.
  public init() {}
}
