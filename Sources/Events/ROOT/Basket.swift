// SPDX-License-Identifier: Apache-2.0

/// A basket's entries, expanded: consecutive entries of one branch. Its memory is reused for the
/// next basket.
struct Basket {
  private(set) var bytes: [UInt8] = []
  /// The entries' data in `bytes`.
  private(set) var data: Range<Int> = 0..<0
  private(set) var entries = 0
  /// Where each entry begins in the data, and where the last ends: entries + 1 long, ascending.
  private(set) var offsets: [Int] = []

  init() {}

  /// Takes a basket stored in the tree's record.
  mutating func take(_ embedded: EmbeddedBasket, from record: [UInt8], wantsOffsets: Bool) throws {
    guard embedded.data.upperBound <= record.count else {
      throw FileProblem("lies outside the tree's record")
    }
    bytes = Array(record[embedded.data])
    data = 0..<bytes.count
    entries = embedded.entries
    offsets.removeAll(keepingCapacity: true)
    if wantsOffsets, let table = embedded.offsets { try setOffsets(table) }
  }

  /// Takes a basket stored as a record of its own.
  mutating func take(
    _ record: inout [UInt8], byteCount: Int, decompressor: Decompressor, wantsOffsets: Bool
  ) throws {
    var cursor = ByteCursor(record, end: byteCount)
    let header = try BasketHeader(&cursor)
    let key = header.key
    guard key.byteCount == byteCount, key.keyLength <= byteCount else {
      throw FileProblem("says it is \(key.byteCount) bytes long, its branch says \(byteCount)")
    }
    let length = header.dataEnd - key.keyLength
    guard length <= key.objectLength else {
      throw FileProblem("has \(length) bytes of data in \(key.objectLength)")
    }
    cursor = ByteCursor([])  // lets go of the record, which is changed below
    let payload = key.keyLength..<byteCount
    let start: Int
    if payload.count == key.objectLength {
      swap(&record, &bytes)
      start = key.keyLength
    } else {
      try decompressor.expand(record, payload, expandedLength: key.objectLength, into: &bytes)
      start = 0
    }
    data = start..<start + length
    entries = header.entries
    offsets.removeAll(keepingCapacity: true)
    let table = data.upperBound..<start + key.objectLength
    if wantsOffsets, !table.isEmpty { try readOffsets(table, keyLength: key.keyLength) }
  }

  /// Offsets after the data: their number, then each counted from the key's first byte.
  private mutating func readOffsets(_ table: Range<Int>, keyLength: Int) throws {
    guard entries < table.count / 4 else {
      throw FileProblem("has \(entries) entries and offsets for fewer")
    }
    let count = entries
    try setOffsets(
      bytes.withUnsafeBytes { raw in
        (0..<count).map { index in
          let place = table.lowerBound + 4 + 4 * index
          return Int(Int32(bigEndian: raw.loadUnaligned(fromByteOffset: place, as: Int32.self)))
            - keyLength
        }
      })
  }

  private mutating func setOffsets(_ starts: [Int]) throws {
    offsets = starts
    offsets.append(data.count)
    guard offsets[0] == 0 else { throw FileProblem("has data before its first entry") }
    var previous = 0
    for offset in offsets {
      guard offset >= previous else { throw FileProblem("has offsets that aren't ascending") }
      previous = offset
    }
    guard previous == data.count else { throw FileProblem("has offsets beyond its data") }
  }

  /// Makes the offsets from the number of elements of each entry, for files that leave them out.
  mutating func setOffsets(counts: [Int64], itemBytes: Int) throws {
    offsets.removeAll(keepingCapacity: true)
    offsets.append(0)
    var position = 0
    for count in counts {
      guard count >= 0, count <= (data.count - position) / itemBytes else {
        throw FileProblem("has less data than its counter says")
      }
      position += Int(count) * itemBytes
      offsets.append(position)
    }
    guard position == data.count else {
      throw FileProblem("has more data than its counter says")
    }
  }
}
