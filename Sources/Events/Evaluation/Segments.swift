// SPDX-License-Identifier: Apache-2.0
import CKernels

/// The elements of a space for a block of events. There are fewer than `BlockEvaluator.largestSpace`.
final class Segments {
  /// Elements of parent p: offsets[p] ..< offsets[p + 1].
  let offsets: [Int32]
  /// Index of each element in the space this one was made from; empty if it was made from none.
  let sources: [Int32]
  /// For pairs, the index of the second member; `sources` has the first.
  let partners: [Int32]

  init(offsets: [Int32], sources: [Int32] = [], partners: [Int32] = []) {
    self.offsets = offsets
    self.sources = sources
    self.partners = partners
  }

  /// Number of elements.
  var count: Int { Int(offsets[offsets.count - 1]) }
  var parentCount: Int { offsets.count - 1 }

  /// The elements of a parent.
  func elements(of parent: Int) -> Range<Int> { Int(offsets[parent])..<Int(offsets[parent + 1]) }

  /// The parent of each element.
  private(set) lazy var parents: [Int32] = {
    let count = count
    return Array(unsafeUninitializedCapacity: count + 8) { parents, size in
      kernel_parents(parents.baseAddress, offsets, parentCount)
      size = count
    }
  }()
}
