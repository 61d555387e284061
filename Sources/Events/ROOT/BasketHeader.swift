// SPDX-License-Identifier: Apache-2.0

/// The head of a basket: a record key that ends with the members of TBasket.
struct BasketHeader {
  let key: RecordKey
  let entries: Int
  /// End of the data, counted from the key's first byte; offsets follow it.
  let dataEnd: Int
  let flag: Int

  init(_ cursor: inout ByteCursor) throws {
    let start = cursor.position
    key = try RecordKey(&cursor)
    try cursor.skip(2 + 4)  // version, size of the buffer
    // A negative size of the table of offsets says that a byte of features follows.
    if try cursor.int(Int32.self) < 0 { try cursor.skip(1) }
    entries = try cursor.int(Int32.self)
    dataEnd = try cursor.int(Int32.self)
    flag = try cursor.int(UInt8.self)
    guard cursor.position - start == key.keyLength else {
      throw FileProblem(
        "has a basket header of \(cursor.position - start) bytes that says \(key.keyLength)")
    }
    guard entries >= 0, dataEnd >= key.keyLength else {
      throw FileProblem("has a basket header with negative lengths")
    }
  }
}
