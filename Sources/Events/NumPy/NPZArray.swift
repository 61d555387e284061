// SPDX-License-Identifier: Apache-2.0

/// An array of an .npz file, read from front to back.
final class NPZArray: FlatArray {
  let name: String
  let header: NPYHeader
  /// How many numbers it has.
  let count: Int
  private let file: RandomAccessFile
  private let member: ZipDirectory.Member
  private var stream: ZipStream
  /// Number of the value that is read next.
  private var position = 0
  private var bytes: [UInt8] = []

  private static let portion = 1 << 16

  init(_ file: RandomAccessFile, _ member: ZipDirectory.Member) throws {
    name = member.name.hasSuffix(".npy") ? String(member.name.dropLast(4)) : member.name
    self.file = file
    self.member = member
    stream = try ZipStream(file, member)
    header = try NPYHeader(stream)
    var count = 1
    for length in header.shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: length)
      guard !overflows else { throw FileProblem("has a shape that can't be, \(header.shape)") }
      count = product
    }
    self.count = count
    if let number = header.number {
      guard count <= Int.max / 8, count * number.byteCount == member.size - stream.position else {
        throw FileProblem(
          "has \(member.size - stream.position) bytes for \(count) numbers (\(header.typeName))")
      }
    }
  }

  var number: StoredNumber? { header.number }
  var typeName: String { "NumPy's type '\(header.typeName)'" }
  var shape: [Int] { header.shape }
  var isFortranOrder: Bool { header.isFortranOrder }

  /// Values from one place to another, which lie in the array.
  func values(_ range: Range<Int>, _ number: StoredNumber) throws -> ColumnValues {
    try FileProblem.locating("array '\(name)'") {
      if range.lowerBound < position {
        stream = try ZipStream(file, member)
        _ = try NPYHeader(stream)
        position = 0
      }
      try stream.skip((range.lowerBound - position) * number.byteCount, &bytes)
      position = range.lowerBound
      var values = ValueBuffer(
        number, capacity: min(range.count, 1 << 20), isLittleEndian: header.isLittleEndian)
      while position < range.upperBound {
        let part = min(Self.portion, range.upperBound - position)
        let length = part * number.byteCount
        try stream.read(length, into: &bytes)
        try bytes.withUnsafeBytes {
          try values.append(UnsafeRawBufferPointer(rebasing: $0[..<length]))
        }
        position += part
      }
      return values.values
    }
  }
}
