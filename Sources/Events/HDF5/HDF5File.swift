// SPDX-License-Identifier: Apache-2.0

/// An HDF5 file (HDF5 File Format Specification 3.0): its superblock and the groups and datasets
/// below a group.
///
/// Read here rather than by the C library, which trusts the bytes of a file more than is wise. What
/// h5py writes by default is understood; what is newer is named.
struct HDF5File {
  let file: RandomAccessFile
  /// Address of the root group's object header.
  let root: Int

  /// An address that points nowhere.
  static let undefined = UInt64.max

  init(_ file: RandomAccessFile) throws {
    self.file = file
    guard file.size >= 96 else { throw FileProblem("isn't an HDF5 file: it is too short") }
    let bytes = try file.read(at: 0, count: 96)
    guard bytes.starts(with: [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]) else {
      throw FileProblem("isn't an HDF5 file (its first bytes aren't those of one)")
    }
    let version = Int(bytes[8])
    let sizes = version < 2 ? bytes[13...14] : bytes[9...10]
    guard version <= 3, sizes.allSatisfy({ $0 == 8 }) else {
      throw FileProblem("has a superblock (version \(version)) that isn't understood")
    }
    var cursor = ByteCursor(bytes, from: version == 0 ? 24 : version == 1 ? 28 : 12)
    guard try cursor.little(UInt64.self) == 0 else {
      throw FileProblem("has addresses that don't count from its first byte")
    }
    try cursor.skip(8)
    let end = try Self.address(&cursor)
    guard end <= file.size else {
      throw FileProblem("is truncated: it says it is \(end) bytes long and has \(file.size)")
    }
    if version < 2 { try cursor.skip(16) }  // driver; the root's name
    root = try Self.address(&cursor)
  }

  /// A 64-bit address within bounds that can be added to.
  static func address(_ cursor: inout ByteCursor) throws -> Int {
    let value = try cursor.little(UInt64.self)
    guard value < 1 << 60 else { throw FileProblem("has an address that can't be") }
    return Int(value)
  }

  /// Bytes behind a four-letter signature.
  func block(_ signature: String, at address: Int, count: Int) throws -> ByteCursor {
    let bytes = try file.read(at: address, count: count)
    guard bytes.starts(with: signature.utf8) else {
      throw FileProblem("has no \(signature) at byte \(address)")
    }
    return ByteCursor(bytes, from: 4)
  }
}
