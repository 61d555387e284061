// SPDX-License-Identifier: Apache-2.0

/// An axis of a plot, ready to be laid out.
struct PlotAxis: Sendable {
  var scale: AxisScale
  var label = ""
  var unit = ""
  /// Instead of numbers; the first one is at the value 0.
  var names: [String] = []
  /// Whether the upper end may be raised to make room for a legend.
  var canGrow = false

  init(_ axis: FigureAxis, showing values: [Double], margin: Double) throws(FigureError) {
    scale = try axis.axisScale(showing: values, margin: margin)
    (label, unit) = (axis.label, axis.unit)
    canGrow = axis.upper == nil
  }

  /// Rows or columns with names, half a row of room on each side; the first row is the upper one.
  init(names: [String], isDownwards: Bool = false) {
    let last = Double(names.count) - 0.5
    scale = AxisScale(
      lower: isDownwards ? last : -0.5, upper: isDownwards ? -0.5 : last, isLogarithmic: false)
    self.names = names
  }

  /// The label with its unit, and with the power of ten that was taken out of the numbers.
  func title(_ ticks: Ticks) -> String {
    let scaled = [ticks.factor, unit].filter { !$0.isEmpty }.joined(separator: " ")
    return scaled.isEmpty ? label : "\(label) [\(scaled)]"
  }

  func ticks(length: Double, _ direction: Ticks.Direction, size: Double) -> Ticks {
    names.isEmpty
      ? .fitting(scale, length: length, direction, size: size) : Ticks(names: names)
  }
}
