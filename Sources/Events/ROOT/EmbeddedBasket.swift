// SPDX-License-Identifier: Apache-2.0

/// A basket stored uncompressed inside the tree's record, as short trees have them.
struct EmbeddedBasket {
  let entries: Int
  /// The data in the tree's record.
  let data: Range<Int>
  /// Where each entry begins in the data, if the basket says.
  let offsets: [Int]?

  /// TBasket::Streamer: a key, the basket's members, offsets, then a copy of its buffer (key and
  /// data). The flag's last digit is 2 when offsets are absent; above 10 the buffer is there, above
  /// 40 a second table follows the offsets, above 80 the offsets follow from a counter.
  init(_ stream: inout ObjectStream) throws {
    let header = try BasketHeader(&stream.cursor)
    entries = header.entries
    var flag = header.flag
    let hasOffsets = flag != 0 && flag < 80 && flag % 10 != 2
    if flag >= 80 { flag -= 80 }
    var table: [Int]?
    if hasOffsets, entries > 0 {
      let count = try stream.cursor.count(Int32.self, of: "offsets", itemBytes: 4)
      guard count >= entries else {
        throw FileProblem("has a basket of \(entries) entries with \(count) offsets")
      }
      var values: [Int] = []
      for _ in 0..<count {
        values.append(try stream.cursor.int(Int32.self) - header.key.keyLength)
      }
      table = Array(values.prefix(entries))
      if flag > 40 {
        let displacements = try stream.cursor.count(Int32.self, of: "offsets", itemBytes: 4)
        try stream.cursor.skip(4 * displacements)
      }
    }
    offsets = table
    if flag == 1 || flag > 10, header.dataEnd > header.key.keyLength {
      let start = stream.cursor.position + header.key.keyLength
      try stream.cursor.skip(header.dataEnd)
      data = start..<stream.cursor.position
    } else {
      data = 0..<0
    }
  }
}
