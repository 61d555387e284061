// SPDX-License-Identifier: Apache-2.0

/// A leaf (TLeaf and its descendants): what one number of a branch's entry is.
struct LeafRecord {
  let className: String
  let name: String
  /// The name with its dimensions: "Jet_pt[nJet]".
  let title: String
  /// How many numbers a fixed size gives each entry (or each element of a counted array); -1 where
  /// a class has several counters.
  let length: Int
  let isUnsigned: Bool
  /// The leaf that counts the elements, by its place in the parser's list.
  let counter: Int?
  /// For TLeafElement: the streamer's type code.
  let streamerType: Int

  init(
    _ stream: inout ObjectStream, className: String,
    _ read: (inout ObjectStream, String, Int?) throws -> ObjectStream.Object
  ) throws {
    _ = try stream.versionHeader()  // of the descendant
    let (_, end) = try stream.versionHeader()  // of TLeaf
    let named = try stream.named()
    length = try stream.cursor.int(Int32.self)
    try stream.cursor.skip(8)  // size in memory, offset in memory
    try stream.cursor.skip(1)  // has a range
    isUnsigned = try stream.cursor.next(UInt8.self) != 0
    if case .leaf(let index)? = try stream.object(read) { counter = index } else { counter = nil }
    if let end { try stream.cursor.move(to: end) }
    if className == "TLeafElement" {
      try stream.cursor.skip(4)  // identifier
      streamerType = try stream.cursor.int(Int32.self)
    } else {
      streamerType = 0
    }
    self.className = className
    name = named.name
    title = named.title
  }

  /// How many pairs of brackets the title has.
  var dimensions: Int { title.count { $0 == "[" } }
}
