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

  /// - Parameter isDecoded: whether the values of a file are to be read too; without that only its
  ///   columns' names and types are looked at.
  /// - Throws: `Failure` or `EventFileError`.
  func run(isDecoded: (URL) throws -> Bool) throws {
    guard let format = EventFormats.named(outline.format) else { return }
    for path in outline.files {
      let file = folder.appendingPathComponent(path)
      let reader = try format.open(file.path, tree: outline.tree)
      let names = try columnNames(in: reader, path: InputFile.display(file))
      if try isDecoded(file) { try decode(names, reader) }
    }
  }

  /// Names in the file of the declared columns it has.
  private func columnNames(in reader: any EventReader, path: String) throws -> [String] {
    let stored = Dictionary(
      reader.columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var names: Set<String> = []
    var problems: [String] = []
    for column in declared {
      let name = outline.renames[column.name] ?? column.name
      if let description = stored[name] {
        names.insert(name)
        if let mismatch = column.mismatch(with: description) {
          problems.append("\(path): the column '\(name)' \(mismatch).")
        }
      } else if !column.isOptional {
        let hint = Suggestion.hint(for: name, among: stored.keys.sorted(), known: "the file has")
        problems.append(
          "\(path): there is no column '\(name)', which the analysis needs\(hint). "
            + "Name the one that stands for it under events.columns of the signal.")
      }
    }
    guard problems.isEmpty else { throw Failure.refused(problems.joined(separator: "\n")) }
    return names.sorted()
  }

  private func decode(_ names: [String], _ reader: any EventReader) throws {
    for start in stride(from: 0, to: reader.entryCount, by: Self.blockSize) {
      let end = min(start + Self.blockSize, reader.entryCount)
      _ = try reader.read(names, entries: start..<end)
    }
  }
}

extension EventColumn {
  /// How a column of a file differs from what the analysis declares; whole numbers may stand for
  /// real ones.
  fileprivate func mismatch(with stored: ColumnDescription) -> String? {
    if stored.isCollection != (collection != nil) {
      return stored.isCollection
        ? "has a list per event, and the analysis declares one value"
        : "has one value per event, and the analysis declares a list"
    }
    let expected: ColumnType =
      switch type {
      case .bool: .boolean
      case .int: .integer
      case .float, .double: .real
      }
    let isFitting = stored.type == expected || (stored.type == .integer && expected == .real)
    return isFitting
      ? nil : "holds \(stored.storedType), and the analysis declares \(type.rawValue)"
  }
}
