// SPDX-License-Identifier: Apache-2.0

/// The records a file names, those of its subdirectories included ("analysis/Events").
struct Directory {
  /// A record with the path that leads to it.
  struct Entry {
    let path: String
    let key: RecordKey
  }

  private(set) var entries: [Entry] = []

  /// Directories may nest and point anywhere: none is read twice, and there is an end to them.
  private static let directoryLimit = 1000
  private var seen: Set<Int> = []

  /// Reads the directories of a ROOT file.
  init(_ file: RandomAccessFile) throws {
    let root = try FileHeader(file).rootDirectory
    try FileProblem.locating("its root directory") { try read(file, at: root, prefix: "") }
  }

  /// Paths of the objects of some classes in a ROOT file, each once, sorted.
  static func paths(in path: String, ofClasses classes: Set<String>) throws -> [String] {
    let directory = try Directory(RandomAccessFile(path))
    return directory.newest(classes.contains).keys.sorted()
  }

  /// The objects whose class is wanted, by path: of one saved several times the last.
  func newest(_ isWanted: (_ className: String) -> Bool) -> [String: Entry] {
    var newest: [String: Entry] = [:]
    for entry in entries where isWanted(entry.key.className) {
      if let known = newest[entry.path], known.key.cycle > entry.key.cycle { continue }
      newest[entry.path] = entry
    }
    return newest
  }

  private mutating func read(_ file: RandomAccessFile, at offset: Int, prefix: String) throws {
    guard seen.count < Self.directoryLimit, seen.insert(offset).inserted else {
      throw FileProblem("leads to itself or to over \(Self.directoryLimit) directories")
    }
    for key in try Self.keys(file, at: offset) {
      entries.append(Entry(path: prefix + key.name, key: key))
      guard key.className == "TDirectory" || key.className == "TDirectoryFile" else { continue }
      try FileProblem.locating("directory '\(prefix)\(key.name)'") {
        try read(file, at: key.offset + key.keyLength, prefix: prefix + key.name + "/")
      }
    }
  }

  /// The keys of one directory (TDirectory: version, two dates, lengths, offsets).
  private static func keys(_ file: RandomAccessFile, at offset: Int) throws -> [RecordKey] {
    guard offset >= 0, offset < file.size else {
      throw FileProblem("lies at byte \(offset), outside the file")
    }
    var header = ByteCursor(try file.read(at: offset, count: min(42, file.size - offset)))
    let isLarge = try header.int(Int16.self) > 1000
    try header.skip(8)
    let byteCount = try header.int(Int32.self)
    try header.skip(4)
    try header.skip(isLarge ? 16 : 8)
    let keysOffset = try isLarge ? header.int(Int64.self) : header.int(Int32.self)
    if keysOffset == 0 { return [] }
    var cursor = ByteCursor(try file.read(at: keysOffset, count: byteCount))
    _ = try RecordKey(&cursor)
    let count = try cursor.count(Int32.self, of: "keys", itemBytes: 26)
    var keys: [RecordKey] = []
    for _ in 0..<count { keys.append(try RecordKey(&cursor)) }
    return keys
  }
}
