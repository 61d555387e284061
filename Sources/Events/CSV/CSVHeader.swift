// SPDX-License-Identifier: Apache-2.0

/// The names in a file's first line, and the collections they spell out.
///
/// `jet0_pt,jet1_pt,…`, `jet_pt_0,jet_pt_1,…` or `jet_pt[0],jet_pt[1],…` are the collection column
/// `jet_pt`, from 0 or 1 without a gap; an event has as many elements as cells before the first
/// empty one.
struct CSVHeader {
  /// A column whose elements are cells of a line, in this order.
  struct Collection {
    let name: String
    let cells: [Int]
  }

  let names: [String]
  private(set) var collections: [Collection] = []

  /// Reads the first line; a byte order mark and the "# " of numpy.savetxt are passed over.
  init(_ file: TextFile) throws {
    guard let first = try file.next() else { throw FileProblem("is empty") }
    var line = first
    if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = .init(rebasing: line[3...]) }
    if line.begins(with: "#") { line = UnsafeRawBufferPointer(rebasing: line[1...]).trimmed }
    var cells = CSVLine()
    try cells.split(line, of: file)
    names = cells.cells.map(CSVLine.text)
    if let empty = names.firstIndex(of: "") {
      throw file.problem("has no name for column \(empty + 1) of \(names.count)")
    }
    if names.allSatisfy({ Double($0) != nil }) {
      throw file.problem("holds numbers; the first line must name the columns")
    }
    var known: Set<String> = []
    for name in names where !known.insert(name).inserted {
      throw file.problem("names column '\(name)' twice")
    }
    collections = Self.collections(names)
  }

  private static func collections(_ names: [String]) -> [Collection] {
    var order: [String] = []
    var members: [String: [Int: Int]] = [:]
    for (cell, name) in names.enumerated() {
      guard let (column, index) = element(name) else { continue }
      if members[column] == nil { order.append(column) }
      // Two spellings of the same element leave the first.
      if members[column]?[index] == nil { members[column, default: [:]][index] = cell }
    }
    return order.compactMap { name in
      let elements = (members[name] ?? [:]).sorted { $0.key < $1.key }
      guard let first = elements.first?.key, let last = elements.last?.key, first <= 1,
        last - first == elements.count - 1, last >= 2 * first,
        !names.contains(name)
      else { return nil }
      return Collection(name: name, cells: elements.map(\.value))
    }
  }

  /// The collection's column and the element's number that a name spells.
  private static func element(_ name: String) -> (column: String, index: Int)? {
    if let match = name.wholeMatch(of: #/(.+)\[(\d{1,4})\]/#), let index = Int(match.2) {
      return (String(match.1), index)
    }
    if let match = name.wholeMatch(of: #/(.+?)_?(\d{1,4})_(.*[A-Za-z].*)/#),
      let index = Int(match.2)
    {
      return ("\(match.1)_\(match.3)", index)
    }
    if let match = name.wholeMatch(of: #/(.+_.*[A-Za-z])_(\d{1,4})/#), let index = Int(match.2) {
      return (String(match.1), index)
    }
    return nil
  }
}
