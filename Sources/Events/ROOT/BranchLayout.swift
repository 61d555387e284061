// SPDX-License-Identifier: Apache-2.0

/// How the entries of a branch lie in its baskets.
enum BranchLayout {
  /// One number an entry.
  case single(StoredNumber)
  /// The same number of numbers in each entry.
  case fixed(StoredNumber, count: Int)
  /// As many as the counter leaf says.
  case counted(StoredNumber, counter: Int)
  /// std::vector: ten bytes of header, then as many as its length says.
  case vector(StoredNumber)
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
    } else if let number = StoredNumber(leafClass: leaf.className, isUnsigned: leaf.isUnsigned) {
      self = Self.plain(number, leaf)
    } else {
      self = .unsupported(Self.leafTypes[leaf.className] ?? leaf.className)
    }
  }

  /// No real array comes near it; sizes below can be multiplied without overflow.
  private static let longest = 1 << 24

  private static let leafTypes = [
    "TLeafC": "char*", "TLeafF16": "Float16_t", "TLeafD32": "Double32_t",
  ]

  private static func plain(_ number: StoredNumber, _ leaf: LeafRecord) -> BranchLayout {
    if let counter = leaf.counter, leaf.length == 1 { return .counted(number, counter: counter) }
    if leaf.counter == nil, leaf.length == 1, leaf.dimensions == 0 { return .single(number) }
    if leaf.counter == nil, (1...longest).contains(leaf.length), leaf.dimensions == 1 {
      return .fixed(number, count: leaf.length)
    }
    return .unsupported(number.rawValue + leaf.title.drop { $0 != "[" })
  }

  /// A member or an object of a class: plain numbers lie as in plain branches, a vector of numbers
  /// that is a branch of its own has headers.
  private static func element(_ branch: BranchRecord, _ leaf: LeafRecord) -> BranchLayout {
    let isMember = branch.nodeType == 0 || branch.nodeType == 31 || branch.nodeType == 41
    let isArray = branch.streamerType > 20 && branch.streamerType < 40
    let code = isArray ? branch.streamerType - 20 : branch.streamerType
    if isMember, branch.identifier >= 0, let number = StoredNumber(streamerType: code) {
      return plain(number, leaf)
    }
    let name = typeName(branch.className)
    let item = name.dropFirst("std::vector<".count).dropLast()
    if branch.nodeType == 0, branch.identifier < 0, name.hasPrefix("std::vector<"),
      let number = StoredNumber(typeName: String(item))
    {
      return .vector(number)
    }
    return .unsupported(branch.identifier < 0 ? name : "a member of \(name)")
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
