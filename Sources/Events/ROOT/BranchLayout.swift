// SPDX-License-Identifier: Apache-2.0

/// How the entries of a branch lie in its baskets.
enum BranchLayout {
  /// One number an entry.
  case single(StoredItem)
  /// The same number of numbers in each entry.
  case fixed(StoredItem, count: Int)
  /// As many as the counter leaf says.
  case counted(StoredItem, counter: Int)
  /// Numbers that begin at an offset of each entry, whose length is fixed: a leaf among others.
  case member(StoredItem, count: Int?, offset: Int, entryBytes: Int)
  /// std::vector or std::set, nested `depth` deep: ten bytes of header, then as many as its length
  /// says; those inside have their length only.
  case container(StoredNumber, depth: Int, typeName: String)
  /// A text; the type as the file names it.
  case text(TextLayout, typeName: String)
  /// Something else; the type as the file names it.
  case unsupported(String)

  init(_ branch: BranchRecord, leaves: [LeafRecord]) {
    let own = branch.leaves.compactMap { leaves.indices.contains($0) ? leaves[$0] : nil }
    guard own.count == 1, let leaf = own.first, branch.branches.isEmpty else {
      self = .unsupported(Self.structure(branch, own))
      return
    }
    if leaf.className == "TLeafElement" {
      self = Self.element(branch, leaf)
    } else if leaf.className == "TLeafC" {
      self = .text(.counted, typeName: "char*")
    } else {
      self = Self.plain(leaf)
    }
  }

  /// The members of a branch of several leaves ("x/D:y/I"), by leaf name, packed one behind the
  /// other; empty when one of them has no fixed length.
  static func members(_ branch: BranchRecord, leaves: [LeafRecord]) -> [(String, BranchLayout)] {
    let own = branch.leaves.compactMap { leaves.indices.contains($0) ? leaves[$0] : nil }
    guard own.count > 1, branch.branches.isEmpty, branch.className.isEmpty else { return [] }
    var parts: [(leaf: LeafRecord, item: StoredItem, offset: Int)] = []
    var offset = 0
    for leaf in own {
      // A range that isn't understood hides where the next leaf begins.
      guard let item = try? StoredItem(leaf), leaf.counter == nil,
        (1...longest).contains(leaf.length), leaf.dimensions <= 1
      else { return [] }
      parts.append((leaf, item, offset))
      offset += item.byteCount * leaf.length
    }
    return parts.map { leaf, item, place in
      let count = leaf.dimensions == 0 && leaf.length == 1 ? nil : leaf.length
      return (leaf.name, .member(item, count: count, offset: place, entryBytes: offset))
    }
  }

  /// No real array comes near it; sizes below can be multiplied without overflow.
  private static let longest = 1 << 24

  private static func plain(_ leaf: LeafRecord) -> BranchLayout {
    do {
      return try StoredItem(leaf).map { plain($0, leaf) } ?? .unsupported(leaf.className)
    } catch {
      return .unsupported("\(leaf.className) '\(leaf.title)', whose range isn't understood")
    }
  }

  private static func plain(_ item: StoredItem, _ leaf: LeafRecord) -> BranchLayout {
    // Brackets with a comma are a range, not a dimension.
    let dimensions = leaf.dimensions - leaf.title.matches(of: #/\[[^\]]*,[^\]]*\]/#).count
    if let counter = leaf.counter, leaf.length == 1 { return .counted(item, counter: counter) }
    if leaf.counter == nil, leaf.length == 1, dimensions == 0 { return .single(item) }
    // Titles of packed numbers tell the range and leave out the dimension.
    if leaf.counter == nil, (1...longest).contains(leaf.length), dimensions < 2 {
      return .fixed(item, count: leaf.length)
    }
    return .unsupported(item.typeName + leaf.title.drop { $0 != "[" })
  }

  /// A member or an object of a class: plain numbers lie as in plain branches, a container of
  /// numbers that is a branch of its own has headers.
  private static func element(_ branch: BranchRecord, _ leaf: LeafRecord) -> BranchLayout {
    let isMember = branch.nodeType == 0 || branch.nodeType == 31 || branch.nodeType == 41
    let isArray = branch.streamerType > 20 && branch.streamerType < 40
    let code = isArray ? branch.streamerType - 20 : branch.streamerType
    if isMember, branch.identifier >= 0, let number = StoredNumber(streamerType: code) {
      return plain(StoredItem(number), leaf)
    }
    let name = typeName(branch.className)
    guard branch.identifier < 0 else { return .unsupported("a member of \(name)") }
    if name == "std::string" || name == "TString" { return .text(.counted, typeName: name) }
    guard branch.nodeType == 0 else { return .unsupported(name) }
    return container(name) ?? .unsupported(name)
  }

  /// Vectors and sets of numbers, and of each other.
  private static func container(_ name: String) -> BranchLayout? {
    var item = Substring(name)
    var depth = 0
    while let prefix = ["std::vector<", "std::set<"].first(where: { item.hasPrefix($0) }),
      item.hasSuffix(">"), depth < 8
    {
      item = item.dropFirst(prefix.count).dropLast()
      depth += 1
    }
    guard depth > 0, let number = StoredNumber(typeName: String(item)) else { return nil }
    let stored = name.replacing(item, with: number.rawValue)
    return .container(number, depth: depth, typeName: stored)
  }

  /// A class's name as today's C++ writes it.
  private static func typeName(_ name: String) -> String {
    var name = name.split(separator: " ").joined(separator: " ")
    while let gap = name.firstRange(of: "> >") { name.replaceSubrange(gap, with: ">>") }
    var result = ""
    var word = ""
    for character in name + "\n" {
      if character.isLetter || character.isNumber || character == "_" || character == ":" {
        word.append(character)
      } else {
        result += standardNames.contains(word) ? "std::" + word : word
        if character != "\n" { result.append(character) }
        word = ""
      }
    }
    return result
  }

  private static let standardNames: Set = [
    "vector", "string", "map", "set", "list", "deque", "pair", "array", "multimap", "multiset",
    "unordered_map", "unordered_set", "bitset",
  ]

  private static func structure(_ branch: BranchRecord, _ leaves: [LeafRecord]) -> String {
    if !branch.className.isEmpty { return typeName(branch.className) }
    if leaves.isEmpty { return "sub-branches only" }
    return "struct {"
      + leaves.map { leaf in
        let number = StoredNumber(leafClass: leaf.className, isUnsigned: leaf.isUnsigned)
        return "\(number?.rawValue ?? leaf.className) \(leaf.name);"
      }.joined(separator: " ") + "}"
  }
}
