// SPDX-License-Identifier: Apache-2.0

/// A run of entries and the pages that hold their columns.
struct NTupleCluster {
  struct Page {
    let count: Int
    let locator: NTupleLocator
  }

  /// The pages of a column in a cluster; nil for a column that another stands in for.
  struct Pages {
    let pages: [Page]
    /// How many elements they have.
    let count: Int
  }

  let entries: Range<Int>
  let columns: [Pages?]
}

extension NTupleCluster {
  private static let clusterLimit = 1 << 24

  /// All clusters, by the page lists that the footer's groups name. They follow each other and add
  /// up to all entries.
  static func all(
    _ footer: inout NTupleCursor, _ schema: NTupleSchema, in file: RandomAccessFile,
    _ decompressor: Decompressor
  ) throws -> [NTupleCluster] {
    let groups = try footer.list()
    var clusters: [NTupleCluster] = []
    for _ in 0..<groups.count {
      let end = try footer.record()
      _ = try footer.next(UInt64.self)  // first entry
      _ = try footer.next(UInt64.self)  // number of entries
      let count = try footer.int(UInt32.self)
      let length = try footer.offset()
      let locator = try footer.locator()
      guard count <= clusterLimit - clusters.count, length <= 1 << 32 else {
        throw FileProblem("claims \(count) clusters")
      }
      var list = try NTupleCursor(.pageList, locator, length: length, in: file, decompressor)
      let found = try read(&list, schema)
      guard found.count == count else {
        throw FileProblem("has a list of \(found.count) clusters where its footer says \(count)")
      }
      clusters += found
      try footer.move(to: end)
    }
    clusters.sort { $0.entries.lowerBound < $1.entries.lowerBound }
    var next = 0
    for cluster in clusters {
      guard cluster.entries.lowerBound == next else {
        throw FileProblem("has no cluster with entry \(next)")
      }
      next = cluster.entries.upperBound
    }
    return clusters
  }

  private static func read(_ list: inout NTupleCursor, _ schema: NTupleSchema) throws
    -> [NTupleCluster]
  {
    _ = try list.next(UInt64.self)  // the header's checksum
    let summaries = try list.list()
    var ranges: [Range<Int>] = []
    for _ in 0..<summaries.count {
      let end = try list.record()
      let first = try list.offset()
      let word = try list.next(UInt64.self)
      guard word >> 56 & 1 == 0, word & (1 << 56 - 1) < 1 << 56 else {
        throw FileProblem("has sharded clusters, which this version can't read")
      }
      ranges.append(first..<first + Int(word & (1 << 56 - 1)))
      try list.move(to: end)
    }
    try list.move(to: summaries.end)
    let outer = try list.list()
    guard outer.count == ranges.count else {
      throw FileProblem("has pages for \(outer.count) of \(ranges.count) clusters")
    }
    return try ranges.map { range in
      let columnList = try list.list()
      var columns: [Pages?] = []
      for index in 0..<columnList.count {
        columns.append(try pages(&list, schema.columns.indices.contains(index)))
      }
      try list.move(to: columnList.end)
      // Columns that were added later have no pages in the clusters before.
      while columns.count < schema.columns.count { columns.append(nil) }
      return NTupleCluster(entries: range, columns: columns)
    }
  }

  private static func pages(_ list: inout NTupleCursor, _ isKnown: Bool) throws -> Pages? {
    let inner = try list.list()
    var pages: [Page] = []
    var total = 0
    for _ in 0..<inner.count {
      let count = try list.int(Int32.self)
      // A negative number says that a checksum follows the page.
      let page = Page(count: abs(count), locator: try list.locator())
      total += page.count
      pages.append(page)
    }
    let offset = try list.next(Int64.self)
    try list.move(to: inner.end)
    return offset < 0 || !isKnown ? nil : Pages(pages: pages, count: total)
  }
}
