// SPDX-License-Identifier: Apache-2.0

/// The columns of a file by name; what is asked of a reader is checked the same way for all formats.
struct ColumnIndex {
  private let columns: [ColumnDescription]
  /// Of two columns of one name the first one's.
  private let places: [String: Int]
  private let entryCount: Int

  init(_ columns: [ColumnDescription], entryCount: Int) {
    self.columns = columns
    self.entryCount = entryCount
    places = Dictionary(
      columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether no two columns have one name.
  var isUnique: Bool { places.count == columns.count }

  /// The places of the named columns, each once.
  /// - Throws: FileProblem for entries that aren't there, unknown names and unreadable columns.
  func check(_ names: [String], _ entries: Range<Int>) throws -> [Int] {
    guard entries.lowerBound >= 0, entries.upperBound <= entryCount else {
      throw FileProblem("has \(entryCount) events; \(entries) aren't all there")
    }
    let unknown = names.filter { places[$0] == nil }
    guard unknown.isEmpty else { throw FileProblem(absence(of: unknown)) }
    var wanted: [Int] = []
    for name in names {
      guard let place = places[name], !wanted.contains(place) else { continue }
      guard columns[place].isReadable else {
        throw FileProblem("column '\(name)'", "holds \(columns[place].storedType)")
      }
      wanted.append(place)
    }
    return wanted
  }

  private func absence(of names: [String]) -> String {
    let quoted = names.map { "'\($0)'" }.joined(separator: ", ")
    let known = columns.prefix(30).map(\.name).joined(separator: ", ")
    let rest = columns.count > 30 ? " and \(columns.count - 30) more" : ""
    return "has no column \(quoted) (it has: \(known)\(rest))"
  }

  /// Refuses the name of a tree for a format that has none.
  static func refuseTree(_ tree: String?, format: String) throws {
    guard let tree else { return }
    throw FileProblem("is read as \(format), which has no trees: leave out tree '\(tree)'")
  }
}
