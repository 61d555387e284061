// SPDX-License-Identifier: Apache-2.0
import Events

/// What `reprise events convert` wrote.
public struct EventFileConversion: Sendable, Hashable, Codable {
  /// The new file.
  public let file: String
  /// How many events it has.
  public let entries: Int
  /// Names of the columns written.
  public let columns: [String]
  /// Sentences on columns that were left out.
  public let omissions: [String]
}

extension EventFile {
  /// Formats that ``convert(to:format:columns:)`` writes.
  public static let writableFormats = EventExport.Format.allCases.map(\.rawValue)

  /// Writes columns of the file into another file, in blocks.
  ///
  /// - Parameters:
  ///   - output: the file to write; it is replaced once the new one is whole.
  ///   - format: `csv` or `npz`; nil takes what the file's name ends with.
  ///   - columns: names in the file; nil takes all that can be written.
  public func convert(
    to output: String, format: String? = nil, columns: [String]? = nil
  ) throws(Failure) -> EventFileConversion {
    let suffix = output.lowercased().split(separator: ".").last.map(String.init) ?? ""
    guard let written = EventExport.Format(rawValue: format ?? suffix) else {
      throw .refused(
        "\(output): events are written as \(Self.writableFormats.joined(separator: " or ")); "
          + "let the file's name end so, or name the format.")
    }
    return try classified {
      let reader = try reader()
      let export = try EventExport(reader, from: path, as: written, columns: columns)
      guard !export.columns.isEmpty else {
        throw Failure.refused("\(path): there is no column that can be written.")
      }
      try export.write(to: output)
      return EventFileConversion(
        file: output, entries: reader.entryCount, columns: export.columns.map(\.name),
        omissions: export.omitted.map { "column '\($0.name)', which holds \($0.storedType)" })
    }
  }
}
