// SPDX-License-Identifier: Apache-2.0

extension Ticks {
  /// Which way an axis runs.
  enum Direction: Sendable { case horizontal, vertical }

  /// As many labels as fit on an axis without touching.
  static func fitting(
    _ scale: AxisScale, length: Double, _ direction: Direction, size: Double
  ) -> Ticks {
    let most = direction == .horizontal ? length / (size * 3) : length / (size * 1.9)
    var count = max(2, min(10, Int(most)))
    var ticks = Ticks(scale, count: count)
    while count > 2, !ticks.fit(scale, length: length, direction, size: size) {
      count -= 1
      ticks = Ticks(scale, count: count)
    }
    return ticks
  }

  /// Of the widest label, in pixels.
  func widestLabel(size: Double) -> Double {
    major.map { Label($0.label).width(size: size) }.max() ?? 0
  }

  private func fit(
    _ scale: AxisScale, length: Double, _ direction: Direction, size: Double
  ) -> Bool {
    let labels = major.map { tick in
      let width = Label(tick.label).width(size: size)
      return (
        place: scale.fraction(of: tick.value) * length,
        reach: direction == .horizontal ? width / 2 + size * 0.3 : size * 0.7
      )
    }
    return zip(labels, labels.dropFirst()).allSatisfy {
      $0.place + $0.reach <= $1.place - $1.reach
    }
  }
}
