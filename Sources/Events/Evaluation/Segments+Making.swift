// SPDX-License-Identifier: Apache-2.0
import CKernels

extension Segments {
  /// The elements for which a mask is true and not missing.
  func filtered(by mask: Vector) -> Segments {
    if mask.validity == nil, !mask.isUniform { return filtered(by: mask.booleans.values) }
    return filtered(by: map(mask.booleans, mask.isValid, count: count) { $0 && $1 }[...])
  }

  private func filtered(by flags: ArraySlice<Bool>) -> Segments {
    precondition(flags.count >= count)
    var sources: [Int32] = []
    let kept = [Int32](unsafeUninitializedCapacity: parentCount + 1) { kept, size in
      sources = Array(unsafeUninitializedCapacity: count + 1) { sources, sourceCount in
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: count + 1) { ranks in
          flags.withUnsafeBytes { flags in
            kernel_filter(
              sources.baseAddress, kept.baseAddress, offsets, Flags.bytes(flags), parentCount,
              ranks.baseAddress)
          }
        }
        sourceCount = Int(kept[parentCount])
      }
      size = parentCount + 1
    }
    return Segments(offsets: kept, sources: sources)
  }

  /// The same elements, lowest key first within each parent, equal keys in the order they had,
  /// then NaN, then missing.
  func sorted(by key: Vector) -> Segments {
    let all = (0..<Int32(count)).map { $0 }
    switch key.values {
    case .reals:
      let keys = key.reals
      // NaN and missing come last: as numbers that nothing is above, told apart by their rank.
      if key.validity == nil, !key.isUniform, areFinite(keys.values) {
        return sorted(keys, { _ in 0 }, all)
      }
      return sorted(keys, { key.isValid[$0] ? (keys[$0].isNaN ? 1 : 0) : 2 }, all)
    case .integers: return sorted(key.integers, { key.isValid[$0] ? 0 : 2 }, all)
    case .booleans: return Segments(offsets: offsets, sources: all)
    }
  }

  private func sorted<Key: Comparable>(
    _ keys: Operand<Key>, _ rank: (Int) -> Int, _ all: [Int32]
  ) -> Segments {
    func isBefore(_ left: Int32, _ right: Int32) -> Bool {
      let (a, b) = (Int(left), Int(right))
      let (first, second) = (rank(a), rank(b))
      if first != second { return first < second }
      if first == 0, keys[a] != keys[b] { return keys[a] < keys[b] }
      return left < right
    }
    var sources = all
    sources.withUnsafeMutableBufferPointer { sources in
      for parent in 0..<parentCount {
        let range = elements(of: parent)
        if range.count < 2 { continue }
        // Lists are short and mostly sorted already: insertion, which is stable.
        if range.count <= 16 {
          for place in range.dropFirst() {
            let element = sources[place]
            var hole = place
            while hole > range.lowerBound, isBefore(element, sources[hole - 1]) {
              sources[hole] = sources[hole - 1]
              hole -= 1
            }
            sources[hole] = element
          }
        } else {
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
    let (lower, upper) = (lower?.integers, upper?.integers)
    if lower?.isUniform != false, upper?.isUniform != false {
      return sliced(from: lower?[0] ?? 0, to: upper?[0] ?? .max)
    }
    var sources: [Int32] = []
    let sliced = [Int32](unsafeUninitializedCapacity: parentCount + 1) { sliced, size in
      sources = Array(unsafeUninitializedCapacity: count) { sources, sourceCount in
        sliced[0] = 0
        var place = 0
        for parent in 0..<parentCount {
          let range = elements(of: parent)
          let first = lower.map { Self.place($0[parent], in: range) } ?? range.lowerBound
          let last = upper.map { Self.place($0[parent], in: range) } ?? range.upperBound
          for element in first..<max(first, last) {
            sources[place] = Int32(truncatingIfNeeded: element)
            place += 1
          }
          sliced[parent + 1] = Int32(truncatingIfNeeded: place)
        }
        sourceCount = place
      }
      size = parentCount + 1
    }
    return Segments(offsets: sliced, sources: sources)
  }

  /// The same bounds for every parent.
  private func sliced(from lower: Int64, to upper: Int64) -> Segments {
    // Beyond any list, and far from overflow.
    func bound(_ number: Int64) -> Int { Int(min(max(number, -(1 << 40)), 1 << 40)) }
    var sources: [Int32] = []
    let sliced = [Int32](unsafeUninitializedCapacity: parentCount + 1) { sliced, size in
      sources = Array(unsafeUninitializedCapacity: count + 4) { sources, sourceCount in
        kernel_slice(
          sources.baseAddress, sliced.baseAddress, offsets, bound(lower), bound(upper),
          parentCount)
        sourceCount = Int(sliced[parentCount])
      }
      size = parentCount + 1
    }
    return Segments(offsets: sliced, sources: sources)
  }

  @inline(__always)
  private static func place(_ bound: Int64, in range: Range<Int>) -> Int {
    let size = Int64(range.count)
    let fromStart = bound < 0 ? max(bound, -size) + size : min(bound, size)
    return range.lowerBound + Int(fromStart)
  }

  /// The elements of `owners[i]`, for each i; nil if there would be more than `limit`.
  func lifted(to owners: [Int32], limit: Int) -> Segments? {
    var offsets: [Int32] = [0]
    var sources: [Int32] = []
    offsets.reserveCapacity(owners.count + 1)
    for owner in owners {
      let range = elements(of: Int(owner))
      guard sources.count + range.count <= limit else { return nil }
      for element in range { sources.append(Int32(truncatingIfNeeded: element)) }
      offsets.append(Int32(truncatingIfNeeded: sources.count))
    }
    return Segments(offsets: offsets, sources: sources)
  }

  /// Pairs (i, j) with i < j within each parent, ordered by i, then j; nil if there would be more
  /// than `limit`.
  func pairs(limit: Int) -> Segments? {
    var offsets: [Int32] = [0]
    var first: [Int32] = []
    var second: [Int32] = []
    for parent in 0..<parentCount {
      let range = elements(of: parent)
      let size = range.count
      guard size < 1 << 16, first.count + size * (size - 1) / 2 <= limit else { return nil }
      for i in range {
        for j in (i + 1)..<max(i + 1, range.upperBound) {
          first.append(Int32(truncatingIfNeeded: i))
          second.append(Int32(truncatingIfNeeded: j))
        }
      }
      offsets.append(Int32(truncatingIfNeeded: first.count))
    }
    return Segments(offsets: offsets, sources: first, partners: second)
  }
}
