// SPDX-License-Identifier: Apache-2.0

/// The elements of a space for a block of events.
final class Segments {
  /// Elements of parent p: offsets[p] ..< offsets[p + 1].
  let offsets: [Int]
  /// Index of each element in the space this one was made from; empty if it was made from none.
  let sources: [Int]
  /// For pairs, the index of the second member; `sources` has the first.
  let partners: [Int]

  init(offsets: [Int], sources: [Int] = [], partners: [Int] = []) {
    self.offsets = offsets
    self.sources = sources
    self.partners = partners
  }

  /// Number of elements.
  var count: Int { offsets[offsets.count - 1] }
  var parentCount: Int { offsets.count - 1 }

  /// The parent of each element.
  private(set) lazy var parents: [Int] = {
    var parents: [Int] = []
    parents.reserveCapacity(count)
    for parent in 0..<parentCount {
      for _ in offsets[parent]..<offsets[parent + 1] { parents.append(parent) }
    }
    return parents
  }()
}
