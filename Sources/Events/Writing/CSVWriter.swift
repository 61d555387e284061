// SPDX-License-Identifier: Apache-2.0

/// Writes events as CSV that ``CSVFormat`` reads: a collection `Jet_pt` becomes the columns
/// `Jet_pt[0]`, `Jet_pt[1]`, … up to its longest event, empty where an event has fewer.
enum CSVWriter {
  /// A spreadsheet with more columns is none.
  private static let widest = 10_000

  static func write(
    _ reader: any EventReader, _ columns: [ColumnDescription], to path: String
  ) throws {
    let plan = try ExportPlan(reader, columns)
    for item in plan.items where item.longest >= widest {
      throw FileProblem(
        "column '\(item.column.name)'",
        "has up to \(item.longest) values an event, too many for CSV: write .npz")
    }
    let output = try OutputFile(path)
    let names = plan.items.flatMap { item in
      item.column.isCollection
        ? (0..<max(item.longest, 1)).map { "\(item.column.name)[\($0)]" } : [item.column.name]
    }
    try output.write(names.map(quoted).joined(separator: ",") + "\r\n")
    for entries in ExportPlan.blocks(of: reader.entryCount) {
      try output.write(rows(plan, reader, entries))
    }
    try output.finish()
  }

  private static func rows(
    _ plan: ExportPlan, _ reader: any EventReader, _ entries: Range<Int>
  ) throws -> String {
    let numbers = plan.items.filter { !$0.column.isText }.map(\.column.name)
    let block = try reader.read(numbers, entries: entries)
    var texts: [String: [String]] = [:]
    for item in plan.items where item.column.isText {
      texts[item.column.name] = try reader.texts(item.column.name, entries: entries)
    }
    var text = ""
    for event in 0..<entries.count {
      for (index, item) in plan.items.enumerated() {
        if index > 0 { text += "," }
        if let own = texts[item.column.name] {
          text += quoted(own[event])
        } else if let column = block.columns[item.column.name] {
          append(column, event, width: max(item.longest, 1), to: &text)
        }
      }
      text += "\r\n"
    }
    return text
  }

  private static func append(
    _ column: Column, _ event: Int, width: Int, to text: inout String
  ) {
    guard let offsets = column.offsets else {
      text += column.values.text(event)
      return
    }
    let length = offsets[event + 1] - offsets[event]
    for element in 0..<width {
      if element > 0 { text += "," }
      if element < length { text += column.values.text(offsets[event] + element) }
    }
  }

  private static func quoted(_ text: String) -> String {
    let isPlain = !text.unicodeScalars.contains { "\",\r\n".unicodeScalars.contains($0) }
    if isPlain { return text }
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.joined(separator: " ")
    return "\"" + lines.replacing("\"", with: "\"\"") + "\""
  }
}
