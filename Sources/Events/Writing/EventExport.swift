// SPDX-License-Identifier: Apache-2.0

/// Writes the columns of an event file into a file of another format, in blocks at constant memory.
public struct EventExport {
  /// A format that can be written.
  public enum Format: String, Sendable, CaseIterable {
    /// Comma-separated values, a collection in numbered columns.
    case csv
    /// NumPy's .npz, a collection as a flat array beside its counter.
    case npz
  }

  private let reader: any EventReader
  /// The columns that are written, in the file's order.
  public let columns: [ColumnDescription]
  /// Those that are left out because they hold what the format doesn't have.
  public let omitted: [ColumnDescription]

  /// An export of some columns, or of all that can be written.
  ///
  /// - Throws: EventFileError for a name that the file doesn't have, or that can't be written.
  public init(
    _ reader: any EventReader, from path: String, as format: Format, columns names: [String]? = nil
  ) throws {
    self.reader = reader
    let known = reader.columns
    for name in names ?? [] {
      guard let column = known.first(where: { $0.name == name }) else {
        throw EventFileError(path: path, message: "has no column '\(name)'")
      }
      guard column.isReadable || column.isText && format == .csv else {
        throw EventFileError(
          path: path, message: "column '\(name)' holds \(column.storedType), which can't be written"
        )
      }
    }
    let chosen = known.filter { names?.contains($0.name) ?? true }
    columns = chosen.filter { $0.isReadable || $0.isText && format == .csv }
    omitted = chosen.filter { !($0.isReadable || $0.isText && format == .csv) }
    self.format = format
  }

  private let format: Format

  /// Writes the file; it appears under its name when it is whole, replacing one that has it.
  /// - Throws: EventFileError, of the source or of the new file.
  public func write(to path: String) throws {
    try FileProblem.inFile(path) {
      switch format {
      case .csv: try CSVWriter.write(reader, columns, to: path)
      case .npz: try NPZWriter.write(reader, columns, to: path)
      }
    }
  }
}
