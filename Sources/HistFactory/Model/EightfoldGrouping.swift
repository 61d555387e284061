// SPDX-License-Identifier: Apache-2.0

/// An order of items in which those that belong together stand in one group of eight: vectors of eight
/// numbers then have few zeros.
///
/// An item is a set of places (a histosys: the samples it deforms). A group holds places of memory
/// wherever one of its items does, so items join the group whose union they enlarge least.
struct EightfoldGrouping {
  /// The items, group after group; the last group may have fewer than eight.
  private(set) var order: [Int] = []

  private let words: Int
  private var bits: [UInt64]
  private var counts: [Int] = []

  /// Greedy: each group begins with the largest set left. O(items² · places).
  ///
  /// - Parameters:
  ///   - count: how many items.
  ///   - places: how many places there are.
  ///   - members: (item, place) pairs.
  init(count: Int, places: Int, members: [(item: Int, place: Int)]) {
    words = max(1, (places + 63) / 64)
    bits = Array(repeating: 0, count: count * words)
    for (item, place) in members {
      bits[item * words + place / 64] |= 1 << UInt64(place % 64)
    }
    counts = (0..<count).map { item in
      (item * words..<(item + 1) * words).reduce(0) { $0 + bits[$1].nonzeroBitCount }
    }
    // What doesn't fit a large problem's time budget is left in its order of size.
    var rest = (0..<count).sorted { (counts[$0], $1) > (counts[$1], $0) }
    guard count <= 4000 else {
      order = rest
      return
    }
    order.reserveCapacity(count)
    while !rest.isEmpty { takeGroup(from: &rest) }
  }

  private mutating func takeGroup(from rest: inout [Int]) {
    let first = rest.removeFirst()
    order.append(first)
    var union = Array(bits[first * words..<(first + 1) * words])
    for _ in 1..<8 {
      var best: (position: Int, cost: Int)?
      for (position, item) in rest.enumerated() {
        var shared = 0
        for word in 0..<words {
          shared += (bits[item * words + word] & union[word]).nonzeroBitCount
        }
        // New places count against an item, those it fills for it.
        let cost = 10 * (counts[item] - shared) - 9 * shared
        if best.map({ cost < $0.cost }) ?? true { best = (position, cost) }
      }
      guard let best else { return }
      let item = rest.remove(at: best.position)
      order.append(item)
      for word in 0..<words { union[word] |= bits[item * words + word] }
    }
  }
}
