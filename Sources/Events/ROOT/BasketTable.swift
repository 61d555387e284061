// SPDX-License-Identifier: Apache-2.0

/// Where a basket is: a record of the file, or bytes of the tree's own record.
enum BasketLocation {
  case record(offset: Int, byteCount: Int)
  case embedded(EmbeddedBasket)
}

/// A branch's own table of the baskets it wrote.
struct BasketTable {
  private let locations: [BasketLocation]
  private let starts: [Int]

  /// Three arrays of `maximum` items, each after a byte that says whether it is there.
  init(_ cursor: inout ByteCursor, maximum: Int, written: Int) throws {
    let lengths = try Self.array(&cursor, Int32.self, maximum)
    let starts = try Self.array(&cursor, Int64.self, maximum)
    let offsets = try Self.array(&cursor, Int64.self, maximum)
    var locations: [BasketLocation] = []
    for index in 0..<min(max(written, 0), lengths.count, starts.count, offsets.count) {
      if offsets[index] == 0 { break }  // not on disk: embedded
      locations.append(.record(offset: offsets[index], byteCount: lengths[index]))
    }
    self.locations = locations
    self.starts = starts
  }

  private static func array<Integer: FixedWidthInteger>(
    _ cursor: inout ByteCursor, _: Integer.Type, _ count: Int
  ) throws -> [Int] {
    guard try cursor.next(UInt8.self) != 0 else { return [] }
    guard count >= 0, count <= cursor.remaining / (Integer.bitWidth / 8) else {
      throw FileProblem("claims \(count) baskets where \(cursor.remaining) bytes are left")
    }
    var values: [Int] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(try cursor.int(Integer.self)) }
    return values
  }

  /// The written baskets and, where they don't reach the last entry, those in the tree's record.
  func joined(to embedded: [EmbeddedBasket], entries: Int) -> ([BasketLocation], [Int]) {
    let count = locations.count
    // A full table has no place for the end of its last basket: that is the branch's.
    let end = count == 0 ? 0 : count < starts.count ? starts[count] : entries
    var joined = locations
    var joinedStarts = Array(starts.prefix(count)) + [end]
    if end < entries {
      for basket in embedded {
        joined.append(.embedded(basket))
        joinedStarts.append(joinedStarts[joinedStarts.count - 1] &+ basket.entries)
      }
    }
    return (joined, joinedStarts)
  }
}
