// SPDX-License-Identifier: Apache-2.0
import Sampling

/// What is usually done: a regular grid in two dimensions, interpolated linearly.
struct LinearGrid {
  /// The fraction of points on the wrong side.
  let error: Double

  /// - Parameter nodes: on each axis, at least 2.
  init(_ scan: ScanCase, nodes: Int) {
    let last = Double(nodes - 1)
    let values = (0..<nodes * nodes).map {
      scan.responses[0]([Double($0 % nodes) / last, Double($0 / nodes) / last])
    }
    error = scan.wrong([
      { u in
        let cell = u.map { min(Int($0 * last), nodes - 2) }
        let rest = zip(u, cell).map { $0 * last - Double($1) }
        func value(_ i: Int, _ j: Int) -> Double { values[(cell[1] + j) * nodes + cell[0] + i] }
        return (1 - rest[1]) * ((1 - rest[0]) * value(0, 0) + rest[0] * value(1, 0))
          + rest[1] * ((1 - rest[0]) * value(0, 1) + rest[0] * value(1, 1))
      }
    ])
  }
}
