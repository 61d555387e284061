// SPDX-License-Identifier: Apache-2.0

/// Comma-separated values (RFC 4180), plain or gzipped: a line of names, then a line for each event.
///
/// Columns hold whole numbers, numbers, or true and false; which of them is what all their cells
/// can be read as. A number of columns that are numbered (`jet0_pt, jet1_pt`, `jet_pt_0`,
/// `jet_pt[0]`) is also the collection column `jet_pt`, whose elements end before the first empty
/// cell.
public struct CSVFormat: EventFormat {
  /// What an analysis calls the format.
  public static let name = "csv"

  /// A reader of CSV files; it has no options.
  public init() {}

  /// Reads the file once to count its lines and to learn its columns' types.
  /// - Throws: EventFileError for a line with another number of cells than the first has names.
  public func open(_ path: String, tree: String?) throws -> any EventReader {
    try FileProblem.inFile(path) {
      try ColumnIndex.refuseTree(tree, format: Self.name)
      let survey = try CSVSurvey(path)
      return SequentialReader(path, entries: survey.entries, columns: survey.columns) {
        try CSVEvents(path, survey)
      }
    }
  }
}

/// What a first pass over a file finds.
struct CSVSurvey {
  let header: CSVHeader
  private(set) var entries = 0
  /// One for each name, then one for each collection.
  let columns: [ColumnDescription]

  init(_ path: String) throws {
    let file = try TextFile(path)
    header = try CSVHeader(file)
    var kinds = [CSVCells](repeating: .nothing, count: header.names.count)
    var gaps = [Int?](repeating: nil, count: header.names.count)
    var cells = CSVLine()
    while try cells.next(of: file, header) {
      entries += 1
      for (index, cell) in cells.cells.enumerated() {
        if !cell.isEmpty {
          kinds[index].add(cell, line: file.lineNumber)
        } else if gaps[index] == nil {
          gaps[index] = file.lineNumber
        }
      }
    }
    columns =
      zip(header.names, zip(kinds, gaps)).map { name, cells in
        cells.0.description(name, isCollection: false, gap: cells.1)
      }
      + header.collections.map { collection in
        collection.cells.reduce(CSVCells.nothing) { $0.joined(with: kinds[$1]) }
          .description(collection.name, isCollection: true)
      }
  }
}

extension CSVLine {
  /// Splits the next line that isn't blank; false at the end of the file.
  mutating func next(of file: TextFile, _ header: CSVHeader) throws -> Bool {
    while let line = try file.next() {
      if line.trimmed.isEmpty { continue }
      try split(line, of: file)
      guard cells.count == header.names.count else {
        throw file.problem(
          "has \(cells.count) cells where the first line names \(header.names.count) columns")
      }
      return true
    }
    return false
  }
}
