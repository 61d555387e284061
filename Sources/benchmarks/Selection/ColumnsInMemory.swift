// SPDX-License-Identifier: Apache-2.0
import Events

/// Columns of real numbers in memory, cut into the pieces in which a selection reads, so that
/// handing one out costs nothing: what is measured is the selection.
final class ColumnsInMemory: EventReader {
  let entryCount: Int
  let columns: [ColumnDescription]
  private var pieces: [EventBlock] = []

  init(entryCount: Int, contents: [String: [Double]], offsets: [Int]?) {
    self.entryCount = entryCount
    columns = contents.keys.sorted().map {
      ColumnDescription(
        name: $0, type: .real, storedType: "double", isCollection: $0.hasPrefix("Jet_"))
    }
    for start in stride(from: 0, to: entryCount, by: SelectionProgram.readSize) {
      let range = start..<min(start + SelectionProgram.readSize, entryCount)
      var piece: [String: Column] = [:]
      for (name, values) in contents {
        guard let offsets, name.hasPrefix("Jet_") else {
          piece[name] = Column(values: .reals(Array(values[range])))
          continue
        }
        let first = offsets[range.lowerBound]
        piece[name] = Column(
          values: .reals(Array(values[first..<offsets[range.upperBound]])),
          offsets: offsets[range.lowerBound...range.upperBound].map { $0 - first })
      }
      pieces.append(EventBlock(count: range.count, columns: piece))
    }
  }

  func read(_ names: [String], entries: Range<Int>) throws -> EventBlock {
    pieces[entries.lowerBound / SelectionProgram.readSize]
  }
}
