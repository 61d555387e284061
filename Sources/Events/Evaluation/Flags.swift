// SPDX-License-Identifier: Apache-2.0

/// Loops over truth values, which are bytes that are 0 or 1, eight at a time: a loop over `Bool`
/// with `&&` branches, because the right side must not be looked at when the left decides.
enum Flags {
  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// Where both are true.
  static func both(_ a: [Bool], _ b: [Bool]) -> [Bool] { combine(a, b) { $0 & $1 } }

  /// Where at least one is true.
  static func either(_ a: [Bool], _ b: [Bool]) -> [Bool] { combine(a, b) { $0 | $1 } }

  /// Where the first is true and the second is not.
  static func first(_ a: [Bool], withoutSecond b: [Bool]) -> [Bool] {
    combine(a, b) { $0 & ($1 ^ ones) }
  }

  /// How many are true.
  static func count(_ flags: [Bool]) -> Int {
    flags.withUnsafeBytes { bytes in
      var count = 0
      let whole = bytes.count & ~7
      for i in stride(from: 0, to: whole, by: 8) {
        // The product's highest byte is the sum of the eight.
        let word = bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self)
        count += Int((word &* ones) >> 56)
      }
      for i in whole..<bytes.count { count += Int(bytes[i]) }
      return count
    }
  }

  @inline(__always)
  private static func combine(
    _ a: [Bool], _ b: [Bool], _ operation: (UInt64, UInt64) -> UInt64
  ) -> [Bool] {
    precondition(a.count == b.count)
    return Array(unsafeUninitializedCapacity: a.count) { result, size in
      a.withUnsafeBytes { a in
        b.withUnsafeBytes { b in
          let result = UnsafeMutableRawBufferPointer(result)
          let whole = a.count & ~7
          for i in stride(from: 0, to: whole, by: 8) {
            let left = a.loadUnaligned(fromByteOffset: i, as: UInt64.self)
            let right = b.loadUnaligned(fromByteOffset: i, as: UInt64.self)
            result.storeBytes(of: operation(left, right), toByteOffset: i, as: UInt64.self)
          }
          for i in whole..<a.count {
            result[i] = UInt8(truncatingIfNeeded: operation(UInt64(a[i]), UInt64(b[i])))
          }
        }
      }
      size = a.count
    }
  }
}

/// Whether all of some numbers are finite.
func areFinite(_ values: [Double]) -> Bool {
  values.withUnsafeBytes { bytes in
    // x − x is 0 for finite x and NaN otherwise, and NaN stays.
    var spoiled = SIMD8<Double>.zero
    let whole = values.count & ~7
    for i in stride(from: 0, to: whole, by: 8) {
      let lanes = bytes.loadUnaligned(
        fromByteOffset: i * MemoryLayout<Double>.stride, as: SIMD8<Double>.self)
      spoiled += lanes - lanes
    }
    return spoiled.sum() == 0 && values[whole...].allSatisfy(\.isFinite)
  }
}

/// The numbers where a flag is true, else 0; without a branch.
func selected(_ values: [Double], where flags: [Bool]) -> [Double] {
  map(
    Operand(values: values, isUniform: false), Operand(values: flags, isUniform: false),
    count: values.count
  ) { Double(bitPattern: $0.bitPattern & ($1 ? .max : 0)) }
}
