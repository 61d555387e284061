// SPDX-License-Identifier: Apache-2.0

extension Segments {
  /// The elements for which a mask is true and not missing.
  func filtered(by mask: Vector) -> Segments {
    let passes = map(mask.booleans, mask.isValid, count: count) { $0 && $1 }
    var offsets = [0]
    var sources: [Int] = []
    offsets.reserveCapacity(parentCount + 1)
    sources.reserveCapacity(count)
    for parent in 0..<parentCount {
      for index in self.offsets[parent]..<self.offsets[parent + 1] where passes[index] {
        sources.append(index)
      }
      offsets.append(sources.count)
    }
    return Segments(offsets: offsets, sources: sources)
  }

  /// The same elements, lowest key first within each parent, equal keys in the order they had,
  /// then NaN, then missing.
  func sorted(by key: Vector) -> Segments {
    let rank = map(key.isValid, count: count) { $0 ? 0 : 2 }
    switch key.values {
    case .reals(let keys):
      let ranks = rank.indices.map { rank[$0] == 0 && keys[$0].isNaN ? 1 : rank[$0] }
      return sorted(keys, ranks)
    case .integers(let keys): return sorted(keys, rank)
    case .booleans: return Segments(offsets: offsets, sources: Array(0..<count))
    }
  }

  private func sorted<Key: Comparable>(_ keys: [Key], _ ranks: [Int]) -> Segments {
    func isBefore(_ left: Int, _ right: Int) -> Bool {
      if ranks[left] != ranks[right] { return ranks[left] < ranks[right] }
      if ranks[left] == 0, keys[left] != keys[right] { return keys[left] < keys[right] }
      return left < right
    }
    var sources = Array(0..<count)
    sources.withUnsafeMutableBufferPointer { sources in
      for parent in 0..<parentCount {
        let range = offsets[parent]..<offsets[parent + 1]
        let isSorted = range.dropFirst().allSatisfy { !isBefore($0, $0 - 1) }
        if !isSorted {
          var elements = UnsafeMutableBufferPointer(rebasing: sources[range])
          elements.sort(by: isBefore)
        }
      }
    }
    return Segments(offsets: offsets, sources: sources)
  }

  /// Elements number lower ..< upper of each parent; negative numbers count from the end, bounds
  /// beyond the elements are drawn in.
  func sliced(lower: Vector?, upper: Vector?) -> Segments {
    var offsets = [0]
    var sources: [Int] = []
    offsets.reserveCapacity(parentCount + 1)
    for parent in 0..<parentCount {
      let (start, end) = (self.offsets[parent], self.offsets[parent + 1])
      func place(_ bound: Int64) -> Int {
        let size = Int64(end - start)
        let fromStart = bound < 0 ? max(bound, -size) + size : min(bound, size)
        return start + Int(fromStart)
      }
      let first = lower.map { place($0.integers[parent]) } ?? start
      let last = upper.map { place($0.integers[parent]) } ?? end
      if first < last { sources.append(contentsOf: first..<last) }
      offsets.append(sources.count)
    }
    return Segments(offsets: offsets, sources: sources)
  }

  /// The elements of `owners[i]`, for each i; nil if there would be more than `limit`.
  func lifted(to owners: [Int], limit: Int) -> Segments? {
    var offsets = [0]
    var sources: [Int] = []
    offsets.reserveCapacity(owners.count + 1)
    for owner in owners {
      let range = self.offsets[owner]..<self.offsets[owner + 1]
      guard sources.count + range.count <= limit else { return nil }
      sources.append(contentsOf: range)
      offsets.append(sources.count)
    }
    return Segments(offsets: offsets, sources: sources)
  }

  /// Pairs (i, j) with i < j within each parent, ordered by i, then j; nil if there would be more
  /// than `limit`.
  func pairs(limit: Int) -> Segments? {
    var offsets = [0]
    var first: [Int] = []
    var second: [Int] = []
    for parent in 0..<parentCount {
      let range = self.offsets[parent]..<self.offsets[parent + 1]
      let size = range.count
      guard size < 1 << 16, first.count + size * (size - 1) / 2 <= limit else { return nil }
      for i in range {
        for j in (i + 1)..<max(i + 1, range.upperBound) {
          first.append(i)
          second.append(j)
        }
      }
      offsets.append(first.count)
    }
    return Segments(offsets: offsets, sources: first, partners: second)
  }
}
