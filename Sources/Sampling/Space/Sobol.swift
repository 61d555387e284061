// SPDX-License-Identifier: Apache-2.0

/// Sobol' points in up to six dimensions, plain or scrambled.
///
/// Direction numbers: Joe and Kuo, SIAM J. Sci. Comput. 30 (2008) 2635, table new-joe-kuo-6.
/// Scrambling: hashed nested uniform (Owen) scrambling, Burley, JCGT 9 (2020) no. 4, which keeps
/// the balance: of the first 2^k points of any axis one lies in each interval of width 2^-k.
package struct Sobol: Sendable {
  package static let largestDimension = 6

  /// Degree of the primitive polynomial, its inner coefficients, first direction numbers; the
  /// first dimension is the van der Corput sequence and needs none.
  private static let table: [(degree: Int, coefficients: UInt32, first: [UInt32])] = [
    (1, 0, [1]), (2, 1, [1, 3]), (3, 1, [1, 3, 1]), (3, 2, [1, 1, 1]), (4, 1, [1, 1, 3, 3]),
  ]

  private let directions: [[UInt32]]
  private let seeds: [UInt32]?

  /// - Parameters:
  ///   - dimension: 1 to 6.
  ///   - seed: nil for the published sequence, which starts at the origin.
  package init(dimension: Int, seed: UInt64?) {
    directions = (0..<dimension).map(Self.directions(of:))
    seeds = seed.map { seed in
      (0..<dimension).map { UInt32(truncatingIfNeeded: CounterRandom.bits(seed, UInt64($0))) }
    }
  }

  /// Point number `index` from zero, in Gray-code order, each coordinate in [0, 1).
  package subscript(index: UInt32) -> [Double] {
    let gray = index ^ (index >> 1)
    return directions.indices.map { axis in
      var bits: UInt32 = 0
      for bit in 0..<32 where gray >> bit & 1 == 1 { bits ^= directions[axis][bit] }
      if let seeds { bits = Self.scrambled(bits, seeds[axis]) }
      return Double(bits) * 0x1p-32
    }
  }

  private static func directions(of axis: Int) -> [UInt32] {
    guard axis > 0 else { return (0..<32).map { 1 << (31 - $0) } }
    let (degree, coefficients, first) = table[axis - 1]
    var numbers = first.enumerated().map { $1 << UInt32(31 - $0) }
    for k in degree..<32 {
      var next = numbers[k - degree] ^ (numbers[k - degree] >> UInt32(degree))
      for j in 1..<max(degree, 1) where coefficients >> UInt32(degree - 1 - j) & 1 == 1 {
        next ^= numbers[k - j]
      }
      numbers.append(next)
    }
    return numbers
  }

  private static func scrambled(_ bits: UInt32, _ seed: UInt32) -> UInt32 {
    var x = reversed(bits) &+ seed
    for factor: UInt32 in [0x6c50_b47c, 0xb82f_1e52, 0xc7af_e638, 0x8d22_f6e6] { x ^= x &* factor }
    return reversed(x)
  }

  private static func reversed(_ bits: UInt32) -> UInt32 {
    var x = bits
    x = (x >> 1 & 0x5555_5555) | (x & 0x5555_5555) << 1
    x = (x >> 2 & 0x3333_3333) | (x & 0x3333_3333) << 2
    x = (x >> 4 & 0x0F0F_0F0F) | (x & 0x0F0F_0F0F) << 4
    return x.byteSwapped
  }
}
