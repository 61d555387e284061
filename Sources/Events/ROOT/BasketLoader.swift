// SPDX-License-Identifier: Apache-2.0

/// Brings baskets into memory; one for all branches of a tree, so that buffers and contexts are
/// shared.
final class BasketLoader {
  private let file: RandomAccessFile
  private let treeBytes: [UInt8]
  private let decompressor: Decompressor
  private var record: [UInt8] = []

  init(_ file: RandomAccessFile, treeBytes: [UInt8], decompressor: Decompressor) {
    self.file = file
    self.treeBytes = treeBytes
    self.decompressor = decompressor
  }

  func load(_ location: BasketLocation, into basket: inout Basket, wantsOffsets: Bool) throws {
    switch location {
    case .embedded(let embedded):
      try basket.take(embedded, from: treeBytes, wantsOffsets: wantsOffsets)
    case .record(let offset, let byteCount):
      try FileProblem.locating("the record at byte \(offset)") {
        try file.read(at: offset, count: byteCount, into: &record)
        try basket.take(
          &record, byteCount: byteCount, decompressor: decompressor, wantsOffsets: wantsOffsets)
      }
    }
  }
}
