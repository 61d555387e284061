// SPDX-License-Identifier: Apache-2.0

/// Scratch numbers on a cache line's boundary, zero at first, owned by one object of one task.
package final class WorkArray {
  package let base: UnsafeMutablePointer<Double>
  package let count: Int

  package init(_ count: Int) {
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Double>.stride, alignment: 64)
    base = bytes.bindMemory(to: Double.self, capacity: max(count, 1))
    base.initialize(repeating: 0, count: max(count, 1))
  }

  deinit { base.deallocate() }

  @inlinable
  package subscript(index: Int) -> Double {
    @inline(__always) get { base[index] }
    @inline(__always) set { base[index] = newValue }
  }

  package func fill(_ value: Double) { base.update(repeating: value, count: count) }

  /// All zero, as fast as memory is cleared.
  package func clear() {
    UnsafeMutableRawPointer(base).initializeMemory(
      as: UInt8.self, repeating: 0, count: count * MemoryLayout<Double>.stride)
  }

  package var values: [Double] { Array(UnsafeBufferPointer(start: base, count: count)) }
}
