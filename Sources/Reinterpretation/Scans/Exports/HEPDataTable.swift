// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A data table as HEPData takes it: YAML with independent and dependent variables
/// (https://hepdata-submission.readthedocs.io, "data files").
struct HEPDataTable {
  struct Variable {
    /// A value, with its symmetric error if there is one.
    struct Cell {
      let text: String
      let error: String?

      init(_ value: Double, error: Double? = nil) {
        text = "\(value)"
        self.error = error.map { "\($0)" }
      }

      init(text: String) {
        self.text = HEPDataTable.quoted(text)
        error = nil
      }

      /// HEPData's mark for a value that isn't there.
      static let absent = Cell(text: "-")
    }

    let name: String
    var units = ""
    var qualifiers: [(name: String, value: String)] = []
    var cells: [Cell] = []
  }

  var independent: [Variable]
  var dependent: [Variable]

  var yaml: String {
    "independent_variables:\n" + independent.map(Self.yaml).joined()
      + "dependent_variables:\n" + dependent.map(Self.yaml).joined()
  }

  private static func yaml(_ variable: Variable) -> String {
    let units = variable.units.isEmpty ? "" : ", units: \(quoted(variable.units))"
    var text = "- header: {name: \(quoted(variable.name))\(units)}\n"
    if !variable.qualifiers.isEmpty {
      text += "  qualifiers:\n"
      for (name, value) in variable.qualifiers {
        text += "  - {name: \(quoted(name)), value: \(quoted(value))}\n"
      }
    }
    guard !variable.cells.isEmpty else { return text + "  values: []\n" }
    text += "  values:\n"
    for cell in variable.cells {
      text += "  - value: \(cell.text)\n"
      if let error = cell.error {
        text += "    errors:\n    - {symerror: \(error), label: signal statistics}\n"
      }
    }
    return text
  }

  /// JSON's quoting is YAML's too.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case _ where scalar.value < 32 || scalar.value == 127:
        quoted += String(format: "\\u%04x", scalar.value)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
