// SPDX-License-Identifier: Apache-2.0

/// The cells of a line of comma-separated values (RFC 4180), without their quotes.
struct CSVLine {
  private(set) var cells: [UnsafeRawBufferPointer] = []
  private static let quote = UInt8(ascii: "\"")
  private static let comma = UInt8(ascii: ",")

  /// Splits a line; the cells lie in it.
  /// - Throws: FileProblem for quotes that don't end in the line or end inside a cell.
  mutating func split(_ line: UnsafeRawBufferPointer, of file: TextFile) throws {
    cells.removeAll(keepingCapacity: true)
    var start = 0
    while true {
      let end: Int
      if start < line.count, line[start] == Self.quote {
        end = try quotedEnd(line, start, file)
        cells.append(UnsafeRawBufferPointer(rebasing: line[start + 1..<end - 1]))
      } else {
        end = line[start...].firstIndex(of: Self.comma) ?? line.count
        cells.append(UnsafeRawBufferPointer(rebasing: line[start..<end]).trimmed)
      }
      guard end < line.count else { return }
      start = end + 1
    }
  }

  /// One past the closing quote of a cell; two quotes are one inside it.
  private func quotedEnd(
    _ line: UnsafeRawBufferPointer, _ start: Int, _ file: TextFile
  ) throws -> Int {
    var position = start + 1
    while position < line.count {
      if line[position] == Self.quote {
        let next = position + 1
        if next == line.count || line[next] == Self.comma { return next }
        guard line[next] == Self.quote else {
          throw file.problem("has a quote inside a cell")
        }
        position = next
      }
      position += 1
    }
    throw file.problem("has a quoted cell that doesn't end in the line")
  }

  /// A cell as text, its doubled quotes made single ones.
  static func text(_ cell: UnsafeRawBufferPointer) -> String {
    String(decoding: cell, as: UTF8.self).split(separator: "\"\"", omittingEmptySubsequences: false)
      .joined(separator: "\"")
  }
}
