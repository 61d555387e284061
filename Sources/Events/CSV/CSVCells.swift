// SPDX-License-Identifier: Apache-2.0

/// What the cells of a column have been so far.
enum CSVCells: Equatable {
  case nothing, booleans, integers, reals
  /// Something else, first found in this line.
  case text(String, line: Int)

  /// Takes in another cell that isn't empty.
  mutating func add(_ cell: UnsafeRawBufferPointer, line: Int) {
    switch self {
    case .text: return
    case .nothing, .integers:
      if NumberText.integer(cell) != nil {
        self = .integers
        return
      }
      if self == .nothing, Self.boolean(cell) != nil {
        self = .booleans
        return
      }
      self = NumberText.real(cell) == nil ? .text(cell.excerpt, line: line) : .reals
    case .reals:
      if NumberText.real(cell) == nil { self = .text(cell.excerpt, line: line) }
    case .booleans:
      if Self.boolean(cell) == nil { self = .text(cell.excerpt, line: line) }
    }
  }

  /// What a column is that has cells of both kinds.
  func joined(with other: CSVCells) -> CSVCells {
    switch (self, other) {
    case (.text, _), (_, .nothing): self
    case (_, .text), (.nothing, _): other
    case (.integers, .reals), (.reals, .integers): .reals
    default: self == other ? self : .text("a mixture of numbers and true or false", line: 0)
    }
  }

  /// "true" and "false" in the spellings of C, Python and spreadsheets.
  static func boolean(_ cell: UnsafeRawBufferPointer) -> Bool? {
    if cell.equals("true") || cell.equals("True") || cell.equals("TRUE") { return true }
    if cell.equals("false") || cell.equals("False") || cell.equals("FALSE") { return false }
    return nil
  }

  /// The column these are the cells of.
  ///
  /// - Parameter gap: the first line that has an empty cell; then the column can't be read, for
  ///   every event needs its value. A collection's cells may be empty.
  func description(_ name: String, isCollection: Bool, gap: Int? = nil) -> ColumnDescription {
    let (type, stored): (ColumnType, String) =
      switch self {
      case .booleans: (.boolean, "true or false")
      case .integers: (.integer, "whole numbers")
      case .reals, .nothing: (.real, "numbers")
      case .text(let text, line: 0): (.real, text)
      case .text(let text, let line): (.real, "text, as '\(text)' in line \(line)")
      }
    let isText = if case .text = self { true } else { false }
    return ColumnDescription(
      name: name, type: type,
      storedType: stored + (gap.map { ", and nothing in line \($0)" } ?? ""),
      isCollection: isCollection, isReadable: !isText && gap == nil)
  }
}
