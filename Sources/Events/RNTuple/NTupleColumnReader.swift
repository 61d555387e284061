// SPDX-License-Identifier: Apache-2.0

/// Reads elements of one column; keeps its current page, so that reading on expands each page once.
final class NTupleColumnReader {
  private let file: RandomAccessFile
  private let decompressor: Decompressor
  private let clusters: [NTupleCluster]
  private var record: [UInt8] = []
  /// Decoded elements of the current page.
  private var bytes: [UInt8] = []
  private var current: Place?

  private struct Place: Equatable {
    let cluster: Int
    let column: Int
    let page: Int
  }

  init(_ file: RandomAccessFile, _ decompressor: Decompressor, _ clusters: [NTupleCluster]) {
    self.file = file
    self.decompressor = decompressor
    self.clusters = clusters
  }

  /// Appends elements of a column within a cluster.
  func append(
    _ elements: Range<Int>, of column: Int, _ encoding: NTupleEncoding, cluster: Int,
    to values: inout ValueBuffer
  ) throws {
    guard let pages = clusters[cluster].columns[column], elements.upperBound <= pages.count else {
      let count = clusters[cluster].columns[column]?.count ?? 0
      throw FileProblem(
        "has \(count) values in cluster \(cluster) where \(elements.upperBound) are needed")
    }
    let size = encoding.number.byteCount
    var start = 0
    for (index, page) in pages.pages.enumerated() {
      let part = elements.clamped(to: start..<start + page.count)
      if !part.isEmpty {
        let place = Place(cluster: cluster, column: column, page: index)
        if current != place {
          try load(page, encoding, cluster, index)
          current = place
        }
        let range = (part.lowerBound - start) * size..<(part.upperBound - start) * size
        try bytes.withUnsafeBytes { try values.append(UnsafeRawBufferPointer(rebasing: $0[range])) }
      }
      start += page.count
      if start >= elements.upperBound { break }
    }
  }

  private func load(
    _ page: NTupleCluster.Page, _ encoding: NTupleEncoding, _ cluster: Int, _ index: Int
  ) throws {
    current = nil
    try FileProblem.locating("page \(index) of cluster \(cluster)") {
      let length = encoding.pageBytes(page.count)
      try file.read(at: page.locator.offset, count: page.locator.byteCount, into: &record)
      if page.locator.byteCount == length {
        bytes = encoding.decoded(Array(record[..<length]), count: page.count)
      } else {
        var expanded: [UInt8] = []
        try decompressor.expand(
          record, 0..<page.locator.byteCount, expandedLength: length, into: &expanded)
        bytes = encoding.decoded(expanded, count: page.count)
      }
    }
  }
}
