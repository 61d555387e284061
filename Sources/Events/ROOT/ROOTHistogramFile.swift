// SPDX-License-Identifier: Apache-2.0

/// The one-dimensional histograms of a ROOT file.
///
/// The file's directories are read at once, each histogram when it is asked for.
public final class ROOTHistogramFile {
  /// Paths of the histograms, subdirectories included: "nominal/SR_ttbar".
  public let paths: [String]

  private let file: RandomAccessFile
  private let entries: [String: Directory.Entry]
  private let decompressor = Decompressor()

  /// Reads what a file holds.
  ///
  /// - Throws: EventFileError when it isn't a ROOT file, is truncated or damaged.
  public init(_ path: String) throws {
    (file, entries) = try FileProblem.inFile(path) {
      let file = try RandomAccessFile(path)
      return (file, try Directory(file).newest(ROOTHistogram.isReadable))
    }
    paths = entries.keys.sorted()
  }

  /// The histogram of a path.
  ///
  /// - Throws: EventFileError when there is none, or it is damaged.
  public func histogram(_ path: String) throws -> ROOTHistogram {
    try FileProblem.inFile(file.path) {
      guard let entry = entries[path] else {
        let known = paths.prefix(30).joined(separator: ", ")
        let rest = paths.count > 30 ? " and \(paths.count - 30) more" : ""
        throw FileProblem("has no histogram '\(path)' (it has: \(known)\(rest))")
      }
      return try FileProblem.locating("histogram '\(path)'") {
        let key = entry.key
        return try ROOTHistogram(
          try key.payload(in: file, decompressor), keyLength: key.keyLength,
          className: key.className)
      }
    }
  }
}
