// SPDX-License-Identifier: Apache-2.0

/// An RNTuple as columns.
///
/// Memory: the descriptions, and one page for each column that has been read.
final class NTupleReader: EventReader {
  let entryCount: Int
  let columns: [ColumnDescription]
  private let path: String
  private let name: String
  private let file: RandomAccessFile
  private let decompressor = Decompressor()
  private let schema: NTupleSchema
  private let clusters: [NTupleCluster]
  private let layouts: [NTupleListing.Layout]
  private let index: ColumnIndex
  private var readers: [Int: NTupleColumnReader] = [:]

  /// Reads what an anchor leads to.
  init(_ file: RandomAccessFile, _ anchor: NTupleAnchor, name: String) throws {
    self.file = file
    path = file.path
    self.name = name
    var schema = NTupleSchema()
    var header = try NTupleCursor(
      .header, anchor.header, length: anchor.headerLength, in: file, decompressor)
    try header.features()
    for _ in 0..<3 { _ = try header.string() }  // name, description, writer
    try schema.add(&header)
    var footer = try NTupleCursor(
      .footer, anchor.footer, length: anchor.footerLength, in: file, decompressor)
    try footer.features()
    _ = try footer.next(UInt64.self)  // the header's checksum
    let end = try footer.record()
    if footer.cursor.position < end { try schema.add(&footer) }
    try footer.move(to: end)
    self.schema = schema
    clusters = try NTupleCluster.all(&footer, schema, in: file, decompressor)
    entryCount = clusters.last?.entries.upperBound ?? 0
    let listing = NTupleListing(schema)
    columns = listing.columns
    layouts = listing.layouts
    index = ColumnIndex(columns, entryCount: entryCount)
  }

  func read(_ names: [String], entries: Range<Int>) throws -> EventBlock {
    try FileProblem.inFile(path) {
      try FileProblem.locating("RNTuple '\(name)'") {
        let wanted = try index.check(names, entries)
        var result: [String: Column] = [:]
        for place in wanted {
          result[columns[place].name] = try FileProblem.locating(
            "field '\(columns[place].name)'"
          ) { try column(layouts[place], entries) }
        }
        return EventBlock(count: entries.count, columns: result)
      }
    }
  }

  private func column(_ layout: NTupleListing.Layout, _ entries: Range<Int>) throws -> Column {
    switch layout {
    case .unsupported:
      throw FileProblem("holds no numbers")
    case .single(let field):
      let values = try values(of: field, entries) { $1 }
      return Column(values: values)
    case .fixed(let field, let count):
      let values = try values(of: field, entries) { _, local in
        local.lowerBound * count..<local.upperBound * count
      }
      return Column(values: values, offsets: (0...entries.count).map { $0 * count })
    case .cardinality(let index):
      let offsets = try offsets(of: index, entries).offsets
      return Column(values: .integers(zip(offsets, offsets.dropFirst()).map { Int64($1 - $0) }))
    case .collection(let index, let field):
      let (offsets, elements) = try offsets(of: index, entries)
      let values = try values(of: field, entries) { cluster, _ in elements[cluster] ?? 0..<0 }
      return Column(values: values, offsets: offsets)
    }
  }

  /// Values of a field: in each cluster that the entries touch, the elements that a body names.
  private func values(
    of field: Int, _ entries: Range<Int>, _ elements: (Int, Range<Int>) throws -> Range<Int>
  ) throws -> ColumnValues {
    guard let number = encodings(of: field).first?.encoding.number else {
      throw FileProblem("holds no numbers")
    }
    var buffer = ValueBuffer(
      number, capacity: min(entries.count, 1 << 20), isLittleEndian: true)
    for (cluster, local) in touched(entries) {
      let (column, encoding) = try active(field, cluster)
      // Representations differ in width, not in kind: reals come as doubles, all integers as Int64.
      buffer.number = encoding.number
      try reader(column).append(
        elements(cluster, local), of: column, encoding, cluster: cluster, to: &buffer)
    }
    return buffer.values
  }

  /// Where the elements of each entry begin, from 0, and which elements of each cluster they are.
  private func offsets(of field: Int, _ entries: Range<Int>) throws -> (
    offsets: [Int], elements: [Int: Range<Int>]
  ) {
    var offsets = [0]
    var elements: [Int: Range<Int>] = [:]
    for (cluster, local) in touched(entries) {
      let (column, encoding) = try active(field, cluster)
      guard case .index = encoding.content else {
        throw FileProblem("has no index of its elements")
      }
      // The end of the entry before is where the first one begins.
      let from = max(0, local.lowerBound - 1)
      var buffer = ValueBuffer(.int64, capacity: local.count + 1, isLittleEndian: true)
      try reader(column).append(
        from..<local.upperBound, of: column, encoding, cluster: cluster, to: &buffer)
      guard case .integers(var ends) = buffer.values else { continue }
      if local.lowerBound == 0 { ends.insert(0, at: 0) }
      let base = offsets[offsets.count - 1]
      for (start, end) in zip(ends, ends.dropFirst()) {
        guard start >= 0, end >= start, end < 1 << 48 else {
          throw FileProblem("has an index that isn't ascending, in cluster \(cluster)")
        }
        offsets.append(base + Int(end - ends[0]))
      }
      elements[cluster] = Int(ends[0])..<Int(ends[ends.count - 1])
    }
    return (offsets, elements)
  }

  /// The clusters that entries lie in, and which of their own entries these are.
  private func touched(_ entries: Range<Int>) -> [(cluster: Int, local: Range<Int>)] {
    guard !entries.isEmpty else { return [] }
    return clusters.indices.compactMap { index in
      let own = clusters[index].entries
      let part = entries.clamped(to: own)
      guard !part.isEmpty else { return nil }
      return (index, part.lowerBound - own.lowerBound..<part.upperBound - own.lowerBound)
    }
  }

  private func encodings(of field: Int) -> [(column: Int, encoding: NTupleEncoding)] {
    (schema.columnsOfField[field] ?? []).compactMap { column in
      schema.columns[column].encoding.map { (column, $0) }
    }
  }

  /// The column that stores a field in a cluster.
  private func active(_ field: Int, _ cluster: Int) throws -> (Int, NTupleEncoding) {
    for (column, encoding) in encodings(of: field) where clusters[cluster].columns[column] != nil {
      return (column, encoding)
    }
    throw FileProblem("has no values in cluster \(cluster)")
  }

  private func reader(_ column: Int) -> NTupleColumnReader {
    if let known = readers[column] { return known }
    let made = NTupleColumnReader(file, decompressor, clusters)
    readers[column] = made
    return made
  }
}
