// SPDX-License-Identifier: Apache-2.0

/// The members of a zip file by its central directory (PKWARE's APPNOTE.TXT 6.3.3, 4.3), sizes above
/// 4 GiB included.
struct ZipDirectory {
  /// A member and where its bytes lie.
  struct Member {
    let name: String
    let isDeflated: Bool
    let compressedSize: Int
    let size: Int
    let checksum: UInt32
    fileprivate(set) var offset: Int
  }

  let members: [Member]

  private static let directoryLimit = 64 << 20

  init(_ file: RandomAccessFile) throws {
    let (offset, size, count) = try Self.end(of: file)
    guard size <= Self.directoryLimit else {
      throw FileProblem("has a directory of \(size) bytes; the limit is \(Self.directoryLimit)")
    }
    var cursor = ByteCursor(try file.read(at: offset, count: size))
    guard count >= 0, count <= size / 46 else {
      throw FileProblem("claims \(count) members in a directory of \(size) bytes")
    }
    var members: [Member] = []
    for _ in 0..<count {
      var member = try Self.member(&cursor)
      try FileProblem.locating("member '\(member.name)'") {
        member.offset = try Self.dataOffset(of: member, in: file)
        guard member.compressedSize <= file.size - member.offset else {
          throw FileProblem("ends outside the file")
        }
      }
      members.append(member)
    }
    self.members = members
  }

  /// Where the central directory lies, its size and number of members.
  private static func end(of file: RandomAccessFile) throws -> (Int, Int, Int) {
    let length = min(file.size, 22 + 65535)
    let tail = try file.read(at: file.size - length, count: length)
    var place = length - 22
    while place >= 0, !tail[place...].starts(with: [0x50, 0x4B, 5, 6]) { place -= 1 }
    guard place >= 0 else {
      throw FileProblem("isn't a whole zip file: the directory at its end is missing")
    }
    var cursor = ByteCursor(tail, from: place + 10)
    let count = Int(try cursor.little(UInt16.self))
    let size = Int(try cursor.little(UInt32.self))
    let offset = Int(try cursor.little(UInt32.self))
    let start = file.size - length + place
    guard count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF, start >= 20 else {
      return (offset, size, count)
    }
    var locator = ByteCursor(try file.read(at: start - 20, count: 20))
    guard try locator.little(UInt32.self) == 0x0706_4B50 else { return (offset, size, count) }
    try locator.skip(4)
    var record = ByteCursor(try file.read(at: integer(&locator), count: 56))
    try record.skip(32)
    let largeCount = try integer(&record)
    let largeSize = try integer(&record)
    return (try integer(&record), largeSize, largeCount)
  }

  /// A 64-bit number that is no offset of any file is refused.
  private static func integer(_ cursor: inout ByteCursor) throws -> Int {
    guard let value = Int(exactly: try cursor.little(UInt64.self)), value < 1 << 60 else {
      throw FileProblem("has a directory with offsets that can't be")
    }
    return value
  }

  private static func member(_ cursor: inout ByteCursor) throws -> Member {
    guard try cursor.little(UInt32.self) == 0x0201_4B50 else {
      throw FileProblem("has a damaged directory")
    }
    try cursor.skip(4)
    let flags = try cursor.little(UInt16.self)
    let method = try cursor.little(UInt16.self)
    try cursor.skip(4)
    let checksum = try cursor.little(UInt32.self)
    var compressedSize = Int(try cursor.little(UInt32.self))
    var size = Int(try cursor.little(UInt32.self))
    let nameLength = Int(try cursor.little(UInt16.self))
    let extraLength = Int(try cursor.little(UInt16.self))
    let commentLength = Int(try cursor.little(UInt16.self))
    try cursor.skip(8)
    var offset = Int(try cursor.little(UInt32.self))
    let name = try cursor.text(nameLength)
    let end = cursor.position + extraLength
    while cursor.position + 4 <= end {
      let kind = try cursor.little(UInt16.self)
      let next = cursor.position + 2 + Int(try cursor.little(UInt16.self))
      if kind == 1 {
        if size == 0xFFFF_FFFF { size = try integer(&cursor) }
        if compressedSize == 0xFFFF_FFFF { compressedSize = try integer(&cursor) }
        if offset == 0xFFFF_FFFF { offset = try integer(&cursor) }
      }
      try cursor.move(to: next)
    }
    try cursor.move(to: end)
    try cursor.skip(commentLength)
    guard flags & 1 == 0 else { throw FileProblem("member '\(name)'", "is encrypted") }
    guard method == 0 || method == 8, method == 8 || size == compressedSize else {
      throw FileProblem("member '\(name)'", "is compressed by method \(method); write it anew")
    }
    // Deflate makes at most 1032 bytes of one.
    guard size / 1032 <= compressedSize + 1 else {
      throw FileProblem(
        "member '\(name)'", "claims that \(compressedSize) bytes expand to \(size)")
    }
    return Member(
      name: name, isDeflated: method == 8, compressedSize: compressedSize, size: size,
      checksum: checksum, offset: offset)
  }

  /// Behind the member's own header, whose name and extra field may differ from the directory's.
  private static func dataOffset(of member: Member, in file: RandomAccessFile) throws -> Int {
    var cursor = ByteCursor(try file.read(at: member.offset, count: 30))
    guard try cursor.little(UInt32.self) == 0x0403_4B50 else {
      throw FileProblem("isn't where the directory says")
    }
    try cursor.skip(22)
    let nameLength = Int(try cursor.little(UInt16.self))
    let extraLength = Int(try cursor.little(UInt16.self))
    let offset = member.offset + 30 + nameLength + extraLength
    guard offset <= file.size else { throw FileProblem("begins outside the file") }
    return offset
  }
}
