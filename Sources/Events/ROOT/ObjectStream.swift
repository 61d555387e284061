// SPDX-License-Identifier: Apache-2.0

/// The serialized objects of one record: version headers, class tags and references.
///
/// Decoding is hard-coded per class and version rather than driven by the file's TStreamerInfo:
/// the few classes of a tree have not changed layout since 2005 but for fields at known versions,
/// every object carries its length so that unknown tails are skipped, and a file can't steer the
/// reader by a damaged description of itself. Layout: ROOT's TBufferFile::ReadObjectAny.
struct ObjectStream {
  /// What an object turned out to be, by its place in the parser's lists.
  enum Object {
    case leaf(Int)
    case branch(Int)
    case basket(EmbeddedBasket)
    case other
  }

  var cursor: ByteCursor
  /// References count from the record's key, which isn't part of the bytes here.
  private let origin: Int
  private var classes: [Int: String] = [:]
  private var objects: [Int: Object] = [:]

  private static let byteCountFlag: UInt32 = 0x4000_0000
  private static let newClassTag: UInt32 = 0xFFFF_FFFF
  private static let classFlag: UInt32 = 0x8000_0000
  /// Tags are offsets plus 2, for 0 is null and 1 the record itself.
  private static let tagOffset = 2

  init(_ bytes: [UInt8], keyLength: Int) {
    cursor = ByteCursor(bytes)
    origin = keyLength
  }

  /// An object's version and where it ends; nil when its length isn't stored.
  mutating func versionHeader() throws -> (version: Int, end: Int?) {
    var peek = cursor
    let word = try peek.next(UInt32.self)
    if word & Self.byteCountFlag != 0, word != Self.newClassTag {
      cursor = peek
      let end = cursor.position + Int(word & ~Self.byteCountFlag)
      guard end <= cursor.end else {
        throw FileProblem("has an object that ends at byte \(end) of \(cursor.end)")
      }
      return (try cursor.int(Int16.self), end)
    }
    return (try cursor.int(Int16.self), nil)
  }

  /// Skips an object that carries its length.
  mutating func skipObject(_ name: String) throws {
    guard let end = try versionHeader().end else {
      throw FileProblem("has a \(name) without a length")
    }
    try cursor.move(to: end)
  }

  /// TObject: a version, two words, and a process number if it is referenced.
  mutating func skipTObject() throws {
    let version = try cursor.next(UInt16.self)
    if version & 0x4000 != 0 { try cursor.skip(4) }
    try cursor.skip(4)
    let bits = try cursor.next(UInt32.self)
    if bits & 0x10 != 0 { try cursor.skip(2) }
  }

  /// TNamed: a name and a title.
  mutating func named() throws -> (name: String, title: String) {
    let end = try versionHeader().end
    try skipTObject()
    let result = (name: try cursor.string(), title: try cursor.string())
    if let end { try cursor.move(to: end) }
    return result
  }

  /// TObjArray: each object in turn, nils left out.
  mutating func objectArray(_ read: (inout ObjectStream, String, Int?) throws -> Object) throws
    -> [Object]
  {
    let (version, end) = try versionHeader()
    if version > 2 { try skipTObject() }
    if version > 1 { _ = try cursor.string() }
    let count = try cursor.count(Int32.self, of: "objects", itemBytes: 4)
    try cursor.skip(4)  // lower bound
    var result: [Object] = []
    for _ in 0..<count {
      if let object = try object(read) { result.append(object) }
    }
    if let end { try cursor.move(to: end) }
    return result
  }

  /// The object a pointer points to: new here, met before, or nil. `read` gets the class's name and
  /// where the object ends.
  mutating func object(_ read: (inout ObjectStream, String, Int?) throws -> Object) throws
    -> Object?
  {
    let begin = cursor.position
    var tag = try cursor.next(UInt32.self)
    var end: Int?
    var tagPosition = begin
    if tag & Self.byteCountFlag != 0, tag != Self.newClassTag {
      let stop = begin + 4 + Int(tag & ~(Self.byteCountFlag | Self.classFlag))
      guard stop <= cursor.end else {
        throw FileProblem("has an object that ends at byte \(stop) of \(cursor.end)")
      }
      end = stop
      tagPosition = cursor.position
      tag = try cursor.next(UInt32.self)
    }
    if tag & Self.classFlag == 0 {
      if let end { try cursor.move(to: end) }
      return tag < 2 ? nil : objects[Int(tag)] ?? .other
    }
    let name: String
    if tag == Self.newClassTag {
      name = try cursor.terminatedString(limit: 256)
      classes[tagPosition + origin + Self.tagOffset] = name
    } else if let known = classes[Int(tag & ~Self.classFlag)] {
      name = known
    } else {
      throw FileProblem("has an object of a class it doesn't name")
    }
    let result = try read(&self, name, end)
    objects[begin + origin + Self.tagOffset] = result
    if let end { try cursor.move(to: end) }
    return result
  }
}
