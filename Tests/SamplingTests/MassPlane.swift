// SPDX-License-Identifier: Apache-2.0
import Foundation

/// log10 of the upper limit on mu over a plane of two masses (`cls_mu` of funcs.py, observed).
enum MassPlane {
  /// Signal events excluded at 95 %, `s95.obs` of unit_values.json.
  static let excludedEvents = 17.067868370777408

  static func events(_ u: [Double]) -> Double {
    let (m1, m2) = (200 + 1000 * u[0], 800 * u[1])
    let turnOn = 0.25 / (1 + exp(-(m1 - m2 - 220) / 60))
    let compression = 1 - exp(-max(m1 - m2, 0) / 300)
    let efficiency = turnOn * compression + 1e-4
    return 40e3 * exp(-m1 / 130) * efficiency
  }

  static func response(_ u: [Double]) -> Double { log10(excludedEvents) - log10(events(u)) }

  /// The nodes of the 61 × 61 grid on which the baselines are measured.
  static let grid = (0..<61 * 61).map { index -> [Double] in
    [Double(index % 61) / 60, Double(index / 61) / 60]
  }
}

/// `fast2d` of funcs.py: three times log CLs/0.05 over the unit square.
enum FastPlane {
  static func response(_ u: [Double]) -> Double {
    let (x, y) = (1.5 * u[0], 1.5 * u[1])
    let ripple = 0.1 * cos(10 * y + 1) + 0.2 * cos(15 * x)
    let strength = 12 * exp(-x / 2) + ripple
    let n = strength * tanh(1.3 * x - y + 1)
    return 3 * (-log1p(exp(2 * (n - 5))) - log(0.05))
  }
}
