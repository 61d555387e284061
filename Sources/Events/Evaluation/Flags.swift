// SPDX-License-Identifier: Apache-2.0
import CKernels

/// Loops over truth values, which are bytes that are 0 or 1: a loop over `Bool` with `&&` would
/// branch, because the right side must not be looked at when the left decides.
enum Flags {
  /// Where both are true.
  static func both(_ a: ArraySlice<Bool>, _ b: ArraySlice<Bool>) -> [Bool] {
    combined(a, b, kernel_both)
  }

  /// Where both are true, and where the second is if there is no first.
  static func both(_ a: [Bool]?, _ b: [Bool]) -> [Bool] { a.map { both($0[...], b[...]) } ?? b }

  /// Where at least one is true.
  static func either(_ a: ArraySlice<Bool>, _ b: ArraySlice<Bool>) -> [Bool] {
    combined(a, b, kernel_either)
  }

  /// Where it is false.
  static func not(_ a: ArraySlice<Bool>) -> [Bool] {
    Array(unsafeUninitializedCapacity: a.count) { result, size in
      a.withUnsafeBytes { kernel_not(bytes(result), bytes($0), a.count) }
      size = a.count
    }
  }

  /// How many are true.
  static func count(_ flags: ArraySlice<Bool>) -> Int {
    flags.withUnsafeBytes { kernel_count(bytes($0), $0.count) }
  }

  /// Where they are true, ascending.
  static func places(_ flags: ArraySlice<Bool>) -> [Int32] {
    Array(unsafeUninitializedCapacity: flags.count) { result, size in
      size = flags.withUnsafeBytes { kernel_indices(result.baseAddress, bytes($0), $0.count) }
    }
  }

  static func bytes(_ flags: UnsafeMutableBufferPointer<Bool>) -> UnsafeMutablePointer<UInt8>? {
    UnsafeMutableRawPointer(flags.baseAddress)?.assumingMemoryBound(to: UInt8.self)
  }

  static func bytes(_ flags: UnsafeRawBufferPointer) -> UnsafePointer<UInt8>? {
    flags.baseAddress?.assumingMemoryBound(to: UInt8.self)
  }

  private static func combined(
    _ a: ArraySlice<Bool>, _ b: ArraySlice<Bool>,
    _ kernel: (UnsafeMutablePointer<UInt8>?, UnsafePointer<UInt8>?, UnsafePointer<UInt8>?, Int) ->
      Void
  ) -> [Bool] {
    precondition(a.count == b.count)
    return Array(unsafeUninitializedCapacity: a.count) { result, size in
      a.withUnsafeBytes { a in
        b.withUnsafeBytes { b in kernel(bytes(result), bytes(a), bytes(b), a.count) }
      }
      size = a.count
    }
  }
}

/// Whether all of some numbers are finite.
func areFinite(_ values: ArraySlice<Double>) -> Bool {
  values.withUnsafeBufferPointer { kernel_is_finite($0.baseAddress, $0.count) != 0 }
}
