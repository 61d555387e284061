// SPDX-License-Identifier: Apache-2.0
import CKernels
import Foundation

/// Random numbers that are a pure function of a seed, a stream and a counter (SplitMix64's output
/// function on their combination): the same on every machine, whatever ran before, and resumed from
/// the counter alone.
public struct CounterRandom: RandomNumberGenerator, Sendable, Hashable, Codable {
  private let key: UInt64
  private var counter: UInt64 = 0

  /// Streams of one seed are independent: one for each purpose, such as step 17's batch.
  public init(seed: UInt64, stream: UInt64 = 0) {
    key = kernel_mix_bits(kernel_mix_bits(seed) &+ stream)
  }

  /// 64 random bits.
  public mutating func next() -> UInt64 {
    counter &+= 1
    return kernel_mix_bits(key &+ counter &* 0x9E37_79B9_7F4A_7C15)
  }

  /// Uniform in [0, 1).
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Standard normal (Box–Muller).
  public mutating func normal() -> Double {
    let radius = (-2 * log1p(-uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  /// `count` different numbers of 0..<total in random order (the beginning of a Fisher–Yates
  /// shuffle): a batch of events.
  public mutating func sample(_ count: Int, from total: Int) -> [Int] {
    precondition(count <= total, "\(count) can't be drawn from \(total)")
    var numbers = Array(0..<total)
    for i in 0..<count {
      numbers.swapAt(i, i + Int(uniform() * Double(total - i)))
    }
    return Array(numbers[0..<count])
  }
}
