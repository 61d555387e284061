// SPDX-License-Identifier: Apache-2.0

/// A tree (TTree): how many entries it has, its branches and leaves.
struct TreeRecord {
  let entries: Int
  /// Top-level branches, by their place in `branches`.
  let topBranches: [Int]
  private(set) var branches: [BranchRecord] = []
  private(set) var leaves: [LeafRecord] = []
  /// The record's bytes: embedded baskets lie in them.
  let bytes: [UInt8]

  /// Layout of versions 16 (ROOT 5.2, 2007) to 20 (ROOT 6); the two fields that came since 17 and
  /// 18 and the cluster ranges of 19 are named below.
  init(_ bytes: [UInt8], keyLength: Int, className: String) throws {
    self.bytes = bytes
    var stream = ObjectStream(bytes, keyLength: keyLength)
    // A TNtuple is a TTree with a number after it.
    if className != "TTree" { _ = try stream.versionHeader() }
    let (version, _) = try stream.versionHeader()
    guard version >= 16 else {
      throw FileProblem("is a TTree of version \(version), written before 2007; copy the tree")
    }
    _ = try stream.named()
    for attribute in ["line style", "fill style", "marker style"] {
      try stream.skipObject(attribute)
    }
    entries = try stream.cursor.int(Int64.self)
    try stream.cursor.skip(24 + (version >= 18 ? 8 : 0))  // byte counts
    try stream.cursor.skip(8 + 12 + (version >= 17 ? 4 : 0))  // weight, intervals, offset length
    let ranges =
      version >= 19 ? try stream.cursor.count(Int32.self, of: "clusters", itemBytes: 16) : 0
    try stream.cursor.skip(40 + (version >= 18 ? 8 : 0))  // limits
    if version >= 19 {
      for _ in 0..<2 where try stream.cursor.next(UInt8.self) != 0 {
        try stream.cursor.skip(8 * ranges)
      }
    }
    if version >= 20 { try stream.skipObject("feature list") }
    var parser = BranchParser()
    topBranches = try parser.branches(&stream)
    branches = parser.branches
    leaves = parser.leaves
    guard entries >= 0 else { throw FileProblem("says it has \(entries) entries") }
  }
}

/// Collects the branches and leaves of a tree while its objects are read.
private struct BranchParser {
  var branches: [BranchRecord] = []
  var leaves: [LeafRecord] = []
  private var depth = 0
  /// Deeper nesting than any class has is damage, and would exhaust the stack.
  private static let depthLimit = 50

  init() {}

  mutating func branches(_ stream: inout ObjectStream) throws -> [Int] {
    try stream.objectArray { try read(&$0, $1, $2) }.compactMap {
      if case .branch(let index) = $0 { index } else { nil }
    }
  }

  private mutating func read(_ stream: inout ObjectStream, _ className: String, _ end: Int?) throws
    -> ObjectStream.Object
  {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else {
      throw FileProblem("has branches nested over \(Self.depthLimit) deep")
    }
    switch className {
    case "TBranch":
      branches.append(try BranchRecord(&stream) { try read(&$0, $1, $2) })
      return .branch(branches.count - 1)
    case "TBranchElement":
      let version = try stream.versionHeader().version
      var branch = try BranchRecord(&stream) { try read(&$0, $1, $2) }
      try branch.readElement(&stream.cursor, version: version)
      branches.append(branch)
      return .branch(branches.count - 1)
    case "TBranchObject", "TBranchClones", "TBranchSTL", "TBranchRef":
      _ = try stream.versionHeader()
      var branch = try BranchRecord(&stream) { try read(&$0, $1, $2) }
      branch.className = className
      branches.append(branch)
      return .branch(branches.count - 1)
    case "TBasket":
      return .basket(try EmbeddedBasket(&stream))
    case _ where className.hasPrefix("TLeaf"):
      let leaf = try LeafRecord(&stream, className: className) { try read(&$0, $1, $2) }
      leaves.append(leaf)
      return .leaf(leaves.count - 1)
    default:
      guard let end else { throw FileProblem("has a \(className) without a length") }
      try stream.cursor.move(to: end)
      return .other
    }
  }
}
