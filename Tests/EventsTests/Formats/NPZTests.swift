// SPDX-License-Identifier: Apache-2.0
import CCompression
import Events
import Testing

/// .npz files made byte by byte (NEP 1 in a zip file), and how bad ones are refused.
struct NPZTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// An array's file; the head's spelling is NumPy's.
  static func array(_ type: String, _ shape: String, _ data: [UInt8], order: String = "False")
    -> [UInt8]
  {
    var head = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }"
    head += String(repeating: " ", count: (64 - (head.utf8.count + 11) % 64) % 64) + "\n"
    let length = UInt16(head.utf8.count)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)]
      + Array(head.utf8) + data
  }

  /// Little-endian bytes.
  static func bytes<Integer: FixedWidthInteger>(_ values: Integer...) -> [UInt8] {
    values.flatMap { value in withUnsafeBytes(of: value.littleEndian, Array.init) }
  }

  /// A zip file of stored members.
  static func zip(_ members: [(name: String, content: [UInt8])]) -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for (name, content) in members {
      let checksum = UInt32(
        content.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) })
      let size = UInt32(content.count)
      let middle =
        bytes(UInt16(0), 0, 0, 0) + bytes(checksum, size, size)
        + bytes(UInt16(name.utf8.count), 0)
      directory += bytes(UInt32(0x0201_4B50)) + bytes(UInt16(20), 20) + middle
      directory += bytes(UInt16(0), 0, 0) + bytes(UInt32(0), UInt32(file.count)) + Array(name.utf8)
      file += bytes(UInt32(0x0403_4B50)) + bytes(UInt16(20)) + middle + Array(name.utf8) + content
    }
    let count = UInt16(members.count)
    return file + directory + bytes(UInt32(0x0605_4B50)) + bytes(UInt16(0), 0, count, count)
      + bytes(UInt32(directory.count), UInt32(file.count)) + bytes(UInt16(0))
  }

  func reader(_ members: [(name: String, content: [UInt8])]) throws -> any EventReader {
    try NPZFormat().open(folder.write(Self.zip(members), as: "events.npz"), tree: nil)
  }

  func refusal(_ members: [(name: String, content: [UInt8])], _ names: [String] = []) -> String {
    let error = #expect(throws: EventFileError.self) {
      let reader = try reader(members)
      _ = try reader.read(names, entries: 0..<reader.entryCount)
    }
    return error?.message ?? ""
  }

  static let pair = array("<i2", "(2,)", bytes(Int16(1), 2))

  @Test func collectionsByTheirCounter() throws {
    let reader = try reader([
      ("nJet.npy", Self.array("<i4", "(3,)", Self.bytes(Int32(2), 0, 1))),
      ("Jet_id.npy", Self.array("<i2", "(3,)", Self.bytes(Int16(5), 6, 7))),
      ("flag.npy", Self.array("|b1", "(3,)", [1, 0, 1])),
    ])
    let block = try reader.read(["Jet_id", "nJet"], entries: 1..<3)
    #expect(block.columns["Jet_id"]?.offsets == [0, 0, 1])
    #expect(block.columns["Jet_id"]?.values.reals == [7])
    #expect(block.columns["nJet"]?.values.reals == [0, 1])
  }

  @Test func halfPrecision() throws {
    // IEEE 754: 1, −2, the smallest, the largest, infinity.
    let bits = Self.bytes(UInt16(0x3C00), 0xC000, 0x0001, 0x7BFF, 0x7C00)
    let reader = try reader([("x.npy", Self.array("<f2", "(5,)", bits))])
    let column = try reader.read(["x"], entries: 0..<5).columns["x"]
    #expect(column?.values.reals == [1, -2, 0x1p-24, 65504, .infinity])
  }

  @Test func arraysThatAreNoColumns() throws {
    let reader = try reader([
      ("a.npy", Self.pair), ("text.npy", Self.array("<U1", "(2,)", Self.bytes(UInt32(65), 66))),
      ("cube.npy", Self.array("|u1", "(2, 1, 2)", [1, 2, 3, 4])),
      ("fortran.npy", Self.array("|u1", "(2, 2)", [1, 2, 3, 4], order: "True")),
      ("notes.txt", []),
    ])
    #expect(reader.columns.map(\.isReadable) == [true, false, false, false])
    #expect(
      reader.columns[3].storedType
        == "uint8_t of shape [2, 2] in Fortran's order, not one for each event")
    let error = #expect(throws: EventFileError.self) { try reader.read(["text"], entries: 0..<1) }
    #expect(error?.message == "column 'text' holds NumPy's type 'U1'")
  }

  @Test func lengthsThatDiffer() throws {
    #expect(
      refusal([("a.npy", Self.pair), ("b.npy", Self.array("|u1", "(3,)", [1, 2, 3]))])
        == "has 2 numbers in 'a' and 3 in 'b'; collections need a counter, as 'nJet' for 'Jet_pt'")
    #expect(
      refusal([("nA.npy", Self.pair), ("A_x.npy", Self.array("|u1", "(2,)", [1, 2]))])
        == "has 2 numbers in 'A_x' where its counter says 3")
    #expect(
      refusal([
        ("nA.npy", Self.array("|i1", "(2,)", [255, 4])),
        ("A_x.npy", Self.array("|u1", "(3,)", [1, 2, 3])),
      ]) == "array 'nA' has the number of elements -1")
  }

  @Test func damagedArrays() throws {
    #expect(
      refusal([("a.npy", Array("hello, world".utf8))])
        == "array 'a.npy' isn't an array in NumPy's format")
    #expect(
      refusal([("a.npy", Self.array("<i2", "(3,)", Self.bytes(Int16(1), 2)))])
        == "array 'a.npy' has 4 bytes for 3 numbers (i2)")
    #expect(refusal([]) == "has no array of events")
    #expect(
      refusal([("a.npy", Self.pair), ("a.npy", Self.pair)]) == "has two arrays of one name")
    #expect(
      refusal([("a.npy", Self.array("<u8", "(1,)", Self.bytes(UInt64.max)))], ["a"])
        == "array 'a' holds 18446744073709551615, above the largest integer 9223372036854775807")
  }

  @Test func changedBytesAreNoticed() throws {
    var file = Self.zip([("a.npy", Self.pair)])
    let data = try #require(file.places(of: Self.bytes(Int16(1), 2)).first)
    file[data] = 7
    let reader = try NPZFormat().open(folder.write(file, as: "events.npz"), tree: nil)
    let error = #expect(throws: EventFileError.self) { try reader.read(["a"], entries: 0..<2) }
    #expect(error?.message == "array 'a' is damaged: its checksum doesn't match")
  }

  @Test func filesThatAreNoZip() throws {
    let path = try folder.write(Array("PK".utf8), as: "events.npz")
    let error = #expect(throws: EventFileError.self) { try NPZFormat().open(path, tree: nil) }
    #expect(error?.message == "isn't a whole zip file: the directory at its end is missing")
  }
}
