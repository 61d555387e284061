// SPDX-License-Identifier: Apache-2.0

/// A dataset of numbers; keeps its current chunk, so that reading on expands each chunk once.
final class HDF5Dataset: FlatArray {
  let name: String
  let shape: [Int]
  let count: Int
  let number: StoredNumber?
  let typeName: String
  let isFortranOrder = false
  private let file: HDF5File
  private let type: HDF5Type
  private let storage: HDF5Storage
  private let filters: HDF5Filters
  private let decompressor = Decompressor()
  private var chunk: [UInt8] = []
  private var current: Int?

  /// - Returns: nil for an object that is no dataset.
  init?(_ file: HDF5File, _ header: HDF5Header, name: String) throws {
    guard let dataspace = header.body(1), let datatype = header.body(3), header.body(8) != nil
    else {
      return nil
    }
    self.name = name
    self.file = file
    shape = try Self.shape(dataspace)
    var count = 1
    for length in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: length)
      guard !overflows, product < 1 << 56 else { throw FileProblem("has a shape that can't be") }
      count = product
    }
    self.count = count
    type = try HDF5Type(datatype)
    filters = try HDF5Filters(header)
    var storage = HDF5Storage.unsupported("")
    if let number = type.number, (1...2).contains(shape.count) {
      storage = try HDF5Storage(file, header, shape: shape, elementBytes: number.byteCount)
    }
    self.storage = storage
    if let unknown = filters.unknown {
      number = nil
      typeName = "\(type.name), compressed by filter \(unknown), which this version can't read"
    } else if case .unsupported(let reason) = storage, !reason.isEmpty {
      number = nil
      typeName = "\(type.name), \(reason)"
    } else {
      number = type.number
      typeName = type.name
    }
  }

  private static func shape(_ body: ByteCursor) throws -> [Int] {
    var cursor = body
    let version = try cursor.int(UInt8.self)
    let dimensions = try cursor.int(UInt8.self)
    try cursor.skip(version == 1 ? 6 : 2)
    return try (0..<dimensions).map { _ in try HDF5File.address(&cursor) }
  }

  func values(_ range: Range<Int>, _ number: StoredNumber) throws -> ColumnValues {
    try FileProblem.locating("dataset '\(name)'") {
      var values = ValueBuffer(
        number, capacity: min(range.count, 1 << 20), isLittleEndian: type.isLittleEndian)
      let width = number.byteCount
      switch storage {
      case .unsupported: throw FileProblem("holds \(typeName)")
      case .empty: try append([UInt8](repeating: 0, count: range.count * width), to: &values)
      case .compact(let bytes):
        guard range.upperBound * width <= bytes.count else { throw FileProblem("is too short") }
        try append(Array(bytes[range.lowerBound * width..<range.upperBound * width]), to: &values)
      case .contiguous(let address, let byteCount):
        guard byteCount >= count * width else {
          throw FileProblem("has \(byteCount) bytes for \(count) numbers of \(width) bytes")
        }
        try append(
          file.file.read(at: address + range.lowerBound * width, count: range.count * width),
          to: &values)
      case .chunked(let rows, let chunks):
        try append(range, rows * (shape.count == 2 ? shape[1] : 1), rows, chunks, width, &values)
      }
      return values.values
    }
  }

  private func append(_ bytes: [UInt8], to values: inout ValueBuffer) throws {
    try bytes.withUnsafeBytes { try values.append($0) }
  }

  private func append(
    _ range: Range<Int>, _ perChunk: Int, _ rows: Int, _ chunks: [HDF5Storage.Chunk], _ width: Int,
    _ values: inout ValueBuffer
  ) throws {
    var position = range.lowerBound
    while position < range.upperBound {
      let index = position / perChunk
      if current != index {
        current = nil
        guard let found = Self.find(index * rows, chunks) else {
          throw FileProblem("has no chunk with number \(position)")
        }
        try FileProblem.locating("chunk \(index)") {
          let stored = try file.file.read(at: found.address, count: found.byteCount)
          chunk = try filters.undo(
            stored, mask: found.mask, byteCount: perChunk * width, elementBytes: width, decompressor
          )
        }
        current = index
      }
      let end = min(range.upperBound, (index + 1) * perChunk)
      let first = index * perChunk
      let bytes = (position - first) * width..<(end - first) * width
      try chunk.withUnsafeBytes { try values.append(UnsafeRawBufferPointer(rebasing: $0[bytes])) }
      position = end
    }
  }

  private static func find(_ row: Int, _ chunks: [HDF5Storage.Chunk]) -> HDF5Storage.Chunk? {
    var (low, high) = (0, chunks.count)
    while low < high {
      let middle = (low + high) / 2
      if chunks[middle].row < row { low = middle + 1 } else { high = middle }
    }
    return low < chunks.count && chunks[low].row == row ? chunks[low] : nil
  }
}
