// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Splitmix64 with the draws that workspaces are made of: the same on every machine.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    Double.random(in: range, using: &self)
  }

  mutating func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  mutating func happens(_ probability: Double) -> Bool { uniform(0...1) < probability }

  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[whole(0...elements.count - 1)]
  }

  /// A Poisson number, by its sum of exponentials: for means of at most some thousands.
  mutating func poisson(_ mean: Double) -> Double {
    var count = 0.0, left = mean
    while true {
      left += log(uniform(1e-300...1))
      if left < 0 { return count }
      count += 1
    }
  }
}
