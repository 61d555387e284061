// SPDX-License-Identifier: Apache-2.0

/// How many events are in each two of some regions.
struct OverlapTally: Sendable {
  private let regionCount: Int
  private let blockSize: Int
  /// [regions][regions], the upper triangle with the diagonal.
  private(set) var entries: [Int]

  init(regionCount: Int, blockSize: Int) {
    self.regionCount = regionCount
    self.blockSize = blockSize
    entries = Array(repeating: 0, count: regionCount * regionCount)
  }

  /// Adds a block: for each region the events it selects, ascending.
  mutating func add(_ places: [[Int32]]) {
    guard regionCount > 1 else { return }
    var regionsOfEvent = Array(repeating: -1, count: blockSize)
    var crowded: [Int: [Int]] = [:]
    for (region, events) in places.enumerated() {
      entries[region * regionCount + region] += events.count
      for event in events {
        let event = Int(event)
        let first = regionsOfEvent[event]
        if first < 0 {
          regionsOfEvent[event] = region
        } else {
          let others = crowded[event] ?? [first]
          for other in others { entries[other * regionCount + region] += 1 }
          crowded[event] = others + [region]
        }
      }
    }
  }

  mutating func merge(_ other: OverlapTally) {
    for place in entries.indices { entries[place] += other.entries[place] }
  }
}
