// SPDX-License-Identifier: Apache-2.0

/// An entry of a branch that is a std::vector or a std::set: the length in bytes with a flag, a
/// version, the number of elements and the elements. Containers inside it have their number of
/// elements only.
enum ContainerEntry {
  private static let headerBytes = 6
  private static let lengthFlag: UInt32 = 0x4000_0000

  /// Appends the numbers of an entry, those of nested containers one after the other; one whose
  /// lengths don't add up is refused.
  static func append(
    _ entry: UnsafeRawBufferPointer, depth: Int, to values: inout ValueBuffer
  ) throws {
    guard entry.count >= headerBytes + 4 else {
      throw FileProblem("has a container of \(entry.count) bytes, header included")
    }
    let length = UInt32(bigEndian: entry.loadUnaligned(as: UInt32.self))
    guard length == lengthFlag | UInt32(truncatingIfNeeded: entry.count - 4) else {
      throw FileProblem("has a container whose length isn't that of its entry")
    }
    var position = headerBytes
    try append(entry, &position, depth, &values)
    guard position == entry.count else {
      throw FileProblem("has a container whose length isn't that of its entry")
    }
  }

  private static func append(
    _ entry: UnsafeRawBufferPointer, _ position: inout Int, _ depth: Int,
    _ values: inout ValueBuffer
  ) throws {
    guard entry.count - position >= 4 else {
      throw FileProblem("has a container that ends before its length")
    }
    let count = Int(
      Int32(bigEndian: entry.loadUnaligned(fromByteOffset: position, as: Int32.self)))
    position += 4
    let itemBytes = depth > 1 ? 4 : values.number.byteCount
    guard count >= 0, count <= (entry.count - position) / itemBytes else {
      throw FileProblem("has a container that claims \(count) elements")
    }
    if depth > 1 {
      for _ in 0..<count { try append(entry, &position, depth - 1, &values) }
    } else {
      let end = position + count * itemBytes
      try values.append(UnsafeRawBufferPointer(rebasing: entry[position..<end]))
      position = end
    }
  }
}
