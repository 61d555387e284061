// SPDX-License-Identifier: Apache-2.0

extension RecordKey {
  /// The bytes of the record that a directory's key names, without their header and decompressed.
  func payload(in file: RandomAccessFile, _ decompressor: Decompressor) throws -> [UInt8] {
    let record = try file.read(at: offset, count: byteCount)
    var cursor = ByteCursor(record)
    let stored = try RecordKey(&cursor)
    guard stored.keyLength == keyLength, stored.objectLength == objectLength,
      keyLength <= record.count
    else {
      throw FileProblem("isn't where the file's directory says")
    }
    let payload = keyLength..<record.count
    if payload.count == objectLength { return Array(record[payload]) }
    var bytes: [UInt8] = []
    try decompressor.expand(record, payload, expandedLength: objectLength, into: &bytes)
    return bytes
  }
}
