// SPDX-License-Identifier: Apache-2.0
import CCompression

/// Writes events as NumPy's .npz, which numpy.load and ``NPZFormat`` read: a flat array for each
/// column, the lengths of collections in counters (`nJet` for `Jet_pt`).
enum NPZWriter {
  private struct Member {
    let name: String
    let offset: Int
    let size: Int
    let checksum: UInt32
  }

  static func write(
    _ reader: any EventReader, _ columns: [ColumnDescription], to path: String
  ) throws {
    let columns = columns.filter { !$0.isText }
    let plan = try ExportPlan(reader, columns)
    for item in plan.items {
      guard let counter = item.counter, plan.falseCounters.contains(counter) else { continue }
      throw FileProblem(
        "column '\(counter)'",
        "isn't the number of values of '\(item.column.name)'; leave it out, or write CSV")
    }
    let output = try OutputFile(path)
    var members: [Member] = []
    for (counter, name) in plan.missingCounters {
      let member = try write(counter, .integer, count: reader.entryCount, to: output) { body in
        try forEachBlock(of: name, reader) { column in
          let offsets = column.offsets ?? [0]
          try body(bytes(.integers(zip(offsets, offsets.dropFirst()).map { Int64($1 - $0) })))
        }
      }
      members.append(member)
    }
    for item in plan.items {
      let column = item.column
      let member = try write(column.name, column.type, count: item.count, to: output) { body in
        try forEachBlock(of: column.name, reader) { try body(bytes($0.values)) }
      }
      members.append(member)
    }
    try finish(members, output)
  }

  private static func forEachBlock(
    of name: String, _ reader: any EventReader, _ body: (Column) throws -> Void
  ) throws {
    for entries in ExportPlan.blocks(of: reader.entryCount) {
      if let column = try reader.read([name], entries: entries).columns[name] { try body(column) }
    }
  }

  /// An array's head, then what a body hands over; size and checksum are put in afterwards.
  private static func write(
    _ name: String, _ type: ColumnType, count: Int, to output: OutputFile,
    _ body: (([UInt8]) throws -> Void) throws -> Void
  ) throws -> Member {
    let file = name + ".npy"
    let offset = output.position
    try output.write(localHeader(file, size: 0, checksum: 0))
    var size = 0
    var checksum = crc32(0, nil, 0)
    func add(_ bytes: [UInt8]) throws {
      checksum = bytes.withUnsafeBufferPointer { crc32_z(checksum, $0.baseAddress, $0.count) }
      size += bytes.count
      try output.write(bytes)
    }
    try add(head(type, count))
    try body(add)
    let member = Member(
      name: file, offset: offset, size: size, checksum: UInt32(truncatingIfNeeded: checksum))
    try output.put(localHeader(file, size: size, checksum: member.checksum), at: offset)
    return member
  }

  /// NEP 1: magic, version, length, and a Python dictionary that ends at a multiple of 64 bytes.
  private static func head(_ type: ColumnType, _ count: Int) -> [UInt8] {
    let code =
      switch type {
      case .boolean: "|b1"
      case .integer: "<i8"
      case .real: "<f8"
      }
    var text = "{'descr': '\(code)', 'fortran_order': False, 'shape': (\(count),), }"
    text += String(repeating: " ", count: 63 - (text.utf8.count + 10) % 64) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + little(UInt16(text.utf8.count))
      + Array(text.utf8)
  }

  private static func bytes(_ values: ColumnValues) -> [UInt8] {
    switch values {
    case .booleans(let values): values.map { $0 ? 1 : 0 }
    case .integers(let values): values.flatMap { little($0) }
    case .reals(let values): values.flatMap { little($0.bitPattern) }
    }
  }

  // MARK: The zip file (PKWARE's APPNOTE.TXT 6.3.3), members stored, sizes in 64 bits

  private static let version: UInt16 = 45

  private static func localHeader(_ name: String, size: Int, checksum: UInt32) -> [UInt8] {
    let sizes = little(UInt64(size)) + little(UInt64(size))
    return little(UInt32(0x0403_4B50)) + little(version) + little(UInt16(0)) + little(UInt16(0))
      + little(UInt32(0x0021_0000)) + little(checksum) + little(UInt32.max) + little(UInt32.max)
      + little(UInt16(name.utf8.count)) + little(UInt16(20)) + Array(name.utf8)
      + little(UInt16(1)) + little(UInt16(16)) + sizes
  }

  private static func finish(_ members: [Member], _ output: OutputFile) throws {
    let start = output.position
    for member in members {
      let extra =
        little(UInt64(member.size)) + little(UInt64(member.size))
        + little(UInt64(member.offset))
      try output.write(
        little(UInt32(0x0201_4B50)) + little(version) + little(version) + little(UInt16(0))
          + little(UInt16(0)) + little(UInt32(0x0021_0000)) + little(member.checksum)
          + little(UInt32.max) + little(UInt32.max) + little(UInt16(member.name.utf8.count))
          + little(UInt16(28)) + little(UInt16(0)) + little(UInt16(0)) + little(UInt16(0))
          + little(UInt32(0)) + little(UInt32.max) + Array(member.name.utf8)
          + little(UInt16(1)) + little(UInt16(24)) + extra)
    }
    let size = UInt64(output.position - start)
    let end = UInt64(output.position)
    let count = UInt64(members.count)
    try output.write(
      little(UInt32(0x0606_4B50)) + little(UInt64(44)) + little(version) + little(version)
        + little(UInt32(0)) + little(UInt32(0)) + little(count) + little(count) + little(size)
        + little(UInt64(start)))
    try output.write(
      little(UInt32(0x0706_4B50)) + little(UInt32(0)) + little(end) + little(UInt32(1)))
    try output.write(
      little(UInt32(0x0605_4B50)) + little(UInt16(0)) + little(UInt16(0))
        + little(UInt16.max) + little(UInt16.max) + little(UInt32.max) + little(UInt32.max)
        + little(UInt16(0)))
    try output.finish()
  }

  private static func little<Integer: FixedWidthInteger>(_ value: Integer) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian, Array.init)
  }
}
