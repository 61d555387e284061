// SPDX-License-Identifier: Apache-2.0

/// Immutable numbers on a cache line's boundary, for kernels that stream them.
///
/// `@unchecked Sendable` holds because the memory is written by `init` only, before any other
/// reference to the table exists; afterwards it is read only, through `base`, until `deinit`, which
/// runs when no reference is left. `Element` is a plain value without references.
final class ConstantTable<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  let base: UnsafePointer<Element>
  let count: Int

  init(_ elements: [Element]) {
    count = elements.count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(elements.count, 1) * MemoryLayout<Element>.stride, alignment: 64)
    let typed = bytes.bindMemory(to: Element.self, capacity: max(elements.count, 1))
    for (index, element) in elements.enumerated() { typed[index] = element }
    base = UnsafePointer(typed)
  }

  deinit { UnsafeMutablePointer(mutating: base).deallocate() }

  @inline(__always) subscript(index: Int) -> Element { base[index] }
}
