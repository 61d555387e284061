// SPDX-License-Identifier: Apache-2.0

/// A branch (TBranch, TBranchElement): its leaves, where its baskets lie, its sub-branches.
struct BranchRecord {
  let name: String
  let title: String
  /// Class of what it holds; empty for plain leaves.
  var className = ""
  /// TBranchElement: place in its parent class (below 0: none), kind of node, streamer's type.
  var identifier = -1
  var nodeType = 0
  var streamerType = -1
  let entries: Int
  let leaves: [Int]
  let branches: [Int]
  let baskets: [BasketLocation]
  /// First entry of each basket, and one past the last: baskets + 1 long, ascending from 0.
  let basketStarts: [Int]
  /// The file the baskets are in, if it isn't this one.
  let otherFile: String

  /// TBranch. Its layout is known from version 10 (ROOT 4, 2005) on.
  init(
    _ stream: inout ObjectStream,
    _ read: (inout ObjectStream, String, Int?) throws -> ObjectStream.Object
  ) throws {
    let (version, end) = try stream.versionHeader()
    guard version >= 10 else {
      throw FileProblem("has branches of version \(version), written before 2005; copy the tree")
    }
    (name, title) = try stream.named()
    try stream.skipObject("fill style")
    try stream.cursor.skip(12)  // compression, basket size, length of the offsets' table
    let writeBasket = try stream.cursor.int(Int32.self)
    try stream.cursor.skip(8)  // entry number
    if version >= 13 { try stream.skipObject("feature list") }
    try stream.cursor.skip(4)  // offset in memory
    let maximum = try stream.cursor.int(Int32.self)
    try stream.cursor.skip(4)  // split level
    entries = try stream.cursor.int(Int64.self)
    let first = version >= 11 ? try stream.cursor.int(Int64.self) : 0
    try stream.cursor.skip(16)  // total bytes, before and after compression
    branches = try stream.objectArray(read).compactMap {
      if case .branch(let index) = $0 { index } else { nil }
    }
    leaves = try stream.objectArray(read).compactMap {
      if case .leaf(let index) = $0 { index } else { nil }
    }
    let embedded: [EmbeddedBasket] = try stream.objectArray(read).compactMap {
      if case .basket(let basket) = $0 { basket } else { nil }
    }
    let table = try BasketTable(&stream.cursor, maximum: maximum, written: writeBasket)
    otherFile = try stream.cursor.string()
    if let end { try stream.cursor.move(to: end) }
    guard entries >= 0, first == 0 else {
      throw FileProblem("has branch '\(name)' with entries \(first) to \(entries)")
    }
    (baskets, basketStarts) = table.joined(to: embedded, entries: entries)
  }

  /// The members that TBranchElement adds after its TBranch; these have stayed the same from
  /// version 8 on, but for the class version's width.
  mutating func readElement(_ cursor: inout ByteCursor, version: Int) throws {
    className = try cursor.string()
    _ = try cursor.string()  // parent
    _ = try cursor.string()  // class of the clones
    try cursor.skip(4 + (version >= 10 ? 2 : 4))  // checksum, class version
    identifier = try cursor.int(Int32.self)
    nodeType = try cursor.int(Int32.self)
    streamerType = try cursor.int(Int32.self)
  }
}
