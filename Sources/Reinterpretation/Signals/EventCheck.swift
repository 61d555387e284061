// SPDX-License-Identifier: Apache-2.0
import Events
import Foundation
import Workflow

/// Reads the event files of a new signal once before anything is stored or run, so that a broken
/// file or a missing column is refused whole instead of failing a run half way.
struct EventCheck {
  let declared: [EventColumn]
  let outline: SignalOutline.Events
  let folder: URL

  /// Entries that are decoded at a time: bounds the memory, whatever the file's size.
  private static let blockSize = 50_000

  /// - Parameter decoding: also decode the values; without it only the columns' names are looked at.
  /// - Throws: `Failure` or `EventFileError`.
  func run(decoding: (URL) throws -> Bool) throws {
    guard outline.format == ROOTFormat.name else { return }
    for path in outline.files {
      let file = folder.appendingPathComponent(path)
      let reader = try ROOTFormat().open(file.path, tree: outline.tree)
      let names = try columnNames(in: reader, path: file.path)
      guard try decoding(file) else { continue }
      try decode(names, reader)
    }
  }

  /// Names in the file of the declared columns it has.
  private func columnNames(in reader: any EventReader, path: String) throws -> [String] {
    let stored = Set(reader.columns.map(\.name))
    let wanted = declared.map { (column: $0, name: outline.renames[$0.name] ?? $0.name) }
    let missing = wanted.filter { !$0.column.isOptional && !stored.contains($0.name) }
    guard missing.isEmpty else {
      let sentences = missing.map { missing in
        let near = Suggestion.hint(for: missing.name, among: stored.sorted(), known: "the file has")
        return
          "\(path): the analysis needs the column '\(missing.name)', which is not there\(near). "
          + "Name the one that has it under events.columns of the signal."
      }
      throw Failure.refused(sentences.joined(separator: "\n"))
    }
    return Set(wanted.map(\.name)).intersection(stored).sorted()
  }

  private func decode(_ names: [String], _ reader: any EventReader) throws {
    for start in stride(from: 0, to: reader.entryCount, by: Self.blockSize) {
      let end = min(start + Self.blockSize, reader.entryCount)
      _ = try reader.read(names, entries: start..<end)
    }
  }
}
