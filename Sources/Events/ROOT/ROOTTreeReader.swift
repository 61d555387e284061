// SPDX-License-Identifier: Apache-2.0

/// A tree of a ROOT file as columns.
///
/// Memory: the tree's record, and one basket for each branch that has been read.
final class ROOTTreeReader: EventReader {
  let entryCount: Int
  let columns: [ColumnDescription]

  private let path: String
  private let treePath: String
  private let tree: TreeRecord
  private let loader: BasketLoader
  private let places: [String: BranchListing.Place]
  private var readers: [String: BranchReader] = [:]

  /// Reads the record a key names.
  init(_ file: RandomAccessFile, _ entry: Directory.Entry) throws {
    let decompressor = Decompressor()
    let key = entry.key
    tree = try FileProblem.locating("tree '\(entry.path)'") {
      let bytes = try key.payload(in: file, decompressor)
      return try TreeRecord(bytes, keyLength: key.keyLength, className: key.className)
    }
    path = file.path
    treePath = entry.path
    entryCount = tree.entries
    loader = BasketLoader(file, treeBytes: tree.bytes, decompressor: decompressor)
    let listing = BranchListing(tree)
    columns = listing.columns
    places = listing.places
  }

  func read(_ names: [String], entries: Range<Int>) throws -> EventBlock {
    let columns = try columns(names, entries: entries) { try $0.column(entries) }
    return EventBlock(count: entries.count, columns: columns)
  }

  func texts(_ name: String, entries: Range<Int>) throws -> [String] {
    try columns([name], entries: entries) { try $0.texts(entries) }[name] ?? []
  }

  /// What a body makes of each named column.
  private func columns<Content>(
    _ names: [String], entries: Range<Int>, _ body: (BranchReader) throws -> Content
  ) throws -> [String: Content] {
    try FileProblem.inFile(path) {
      try FileProblem.locating("tree '\(treePath)'") {
        guard entries.lowerBound >= 0, entries.upperBound <= entryCount else {
          throw FileProblem("has \(entryCount) entries; \(entries) aren't all there")
        }
        let unknown = names.filter { places[$0] == nil }
        guard unknown.isEmpty else { throw FileProblem(absence(of: unknown)) }
        var result: [String: Content] = [:]
        for name in names where result[name] == nil {
          guard let place = places[name] else { continue }
          result[name] = try FileProblem.locating("branch '\(name)'") {
            let reader = reader(name, place)
            try reader.check(treeEntries: entryCount)
            return try body(reader)
          }
        }
        return result
      }
    }
  }

  private func absence(of names: [String]) -> String {
    let quoted = names.map { "'\($0)'" }.joined(separator: ", ")
    let known = columns.prefix(30).map(\.name).joined(separator: ", ")
    let rest = columns.count > 30 ? " and \(columns.count - 30) more" : ""
    return "has no branch \(quoted) (it has: \(known)\(rest))"
  }

  private func reader(_ name: String, _ place: BranchListing.Place) -> BranchReader {
    if let known = readers[name] { return known }
    let made = BranchReader(
      tree.branches[place.branch], layout: place.layout, counter: counter(of: place.layout),
      loader: loader)
    readers[name] = made
    return made
  }

  /// A reader of the branch a counter leaf belongs to; one of its own, for it keeps another basket
  /// than the column does.
  private func counter(of layout: BranchLayout) -> BranchReader? {
    guard case .counted(_, let leaf) = layout,
      let branch = tree.branches.first(where: { $0.leaves == [leaf] }),
      case .single(let item) = BranchLayout(branch, leaves: tree.leaves)
    else { return nil }
    return BranchReader(branch, layout: .single(item), counter: nil, loader: loader)
  }
}
