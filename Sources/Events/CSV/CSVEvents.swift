// SPDX-License-Identifier: Apache-2.0

/// The events of a CSV file, one a line.
final class CSVEvents: EventSequence {
  private let file: TextFile
  private let survey: CSVSurvey
  private var line = CSVLine()

  /// Stands before the first event of a file that has been surveyed.
  init(_ path: String, _ survey: CSVSurvey) throws {
    file = try TextFile(path)
    self.survey = survey
    _ = try CSVHeader(file)
  }

  func skip() throws {
    guard try line.next(of: file, survey.header) else {
      throw FileProblem("was changed while it was read")
    }
  }

  func read(into collector: inout EventCollector) throws {
    try skip()
    let names = survey.header.names.count
    for column in collector.wanted {
      if column < names {
        try append(line.cells[column], of: column, to: &collector)
      } else {
        try append(survey.header.collections[column - names], column, to: &collector)
      }
    }
  }

  private func append(
    _ collection: CSVHeader.Collection, _ column: Int, to collector: inout EventCollector
  ) throws {
    let end = collection.cells.firstIndex { line.cells[$0].isEmpty } ?? collection.cells.count
    for cell in collection.cells[..<end] {
      try append(line.cells[cell], of: column, to: &collector)
    }
    if let late = collection.cells[end...].first(where: { !line.cells[$0].isEmpty }) {
      throw file.problem(
        "has a value for '\(survey.header.names[late])' behind the empty "
          + "'\(survey.header.names[collection.cells[end]])', where '\(collection.name)' ends")
    }
  }

  private func append(
    _ cell: UnsafeRawBufferPointer, of column: Int, to collector: inout EventCollector
  ) throws {
    switch survey.columns[column].type {
    case .real:
      if let value = NumberText.real(cell) { return collector.append(value, to: column) }
    case .integer:
      if let value = NumberText.integer(cell) { return collector.append(value, to: column) }
    case .boolean:
      if let value = CSVCells.boolean(cell) { return collector.append(value, to: column) }
    }
    throw file.problem(
      "has '\(cell.excerpt)' for '\(survey.columns[column].name)'; the file was changed while it "
        + "was read")
  }
}
