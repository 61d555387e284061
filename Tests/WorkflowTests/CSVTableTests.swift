// SPDX-License-Identifier: Apache-2.0
import Testing
import Workflow

@Suite("Tables")
struct CSVTableTests {
  private func texts(_ csv: String) throws -> [[String]] {
    let table = try CSVTable(csv, file: "t.csv")
    return [table.columns] + table.rows.map { $0.map(\.text) }
  }

  private func refusal(_ csv: String) -> String? {
    do {
      _ = try CSVTable(csv, file: "t.csv")
      return nil
    } catch {
      return error.description
    }
  }

  @Test(
    "cells, quotes, spaces, comments, line ends",
    arguments: [
      ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
      ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
      ("\u{feff}a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
      ("# words, and more\n\na , b\n \n 1,\t2 \n# end", [["a", "b"], ["1", "2"]]),
      ("a,b\n\"x, y\",\"say \"\"no\"\"\"\n", [["a", "b"], ["x, y", "say \"no\""]]),
      ("a,b\n  \"x\"  , y\n", [["a", "b"], ["x", "y"]]),
      ("a,b\n,\n", [["a", "b"], ["", ""]]),
      ("a\n\"\"\n", [["a"], [""]]),
      ("a,b\n\"#1\",é\n", [["a", "b"], ["#1", "é"]]),
      ("a", [["a"]]),
    ])
  func cells(_ csv: String, _ expected: [[String]]) throws {
    #expect(try texts(csv) == expected)
  }

  @Test(
    "what is wrong is said with its place",
    arguments: [
      ("", "t.csv:1:1: the table is empty; it begins with a line of column names"),
      ("# only\n\n", "t.csv:1:1: the table is empty; it begins with a line of column names"),
      (
        "a,b\n1\n1,2,3\n",
        """
        t.csv:2:1: the line has 1 values for 2 columns
        t.csv:3:1: the line has 3 values for 2 columns
        """
      ),
      (
        "a,,a\n",
        """
        t.csv:1:3: a column has no name
        t.csv:1:4: the column 'a' stands twice in the table
        """
      ),
      ("a;b\n1;2\n", "t.csv:1:1: the columns are separated by semicolons; separate them by commas"),
      ("a\tb\n1\t2\n", "t.csv:1:1: the columns are separated by tabs; separate them by commas"),
      ("a,b\n1,\"x\n", "t.csv:2:3: the closing quote is missing in this line"),
      (
        "a,b\n1,\"x\"y\n",
        "t.csv:2:6: after the closing quote comes a comma or the end of the line"
      ),
      (
        "a,b\né,x\"y\n",
        "t.csv:2:4: a quote within a cell; put the whole cell in quotes and double it"
      ),
      ("a,b\n1,x\u{0}y\n", "t.csv:2:4: a control character cannot stand in a table"),
    ])
  func mistakes(_ csv: String, _ expected: String) {
    #expect(refusal(csv) == expected)
  }

  @Test("numbers are spelt as in YAML, and every wrong one is told")
  func numbers() throws {
    let table = try CSVTable(
      "x,n\n1.5e3,2\nnan,1.5\ninf,010\n,x\n\"4\",-1\n1e999,0x1f\n", file: "t.csv")
    let diagnostics = Diagnostics()
    let x = table.doubles(0, diagnostics)
    let n = table.ints(1, diagnostics, in: 0...10)
    #expect(x == [1500, nil, nil, nil, nil, nil])
    #expect(n == [2, nil, nil, nil, nil, nil])
    #expect(
      diagnostics.all.sorted().map(\.description) == [
        "t.csv:3:1: x: must be a number, not 'nan'",
        "t.csv:3:5: n: must be a whole number, not '1.5'",
        "t.csv:4:1: x: must be a number, not 'inf'",
        "t.csv:4:5: n: must be a whole number, not '010' (some readers take leading zeros for "
          + "octal; write it without them)",
        "t.csv:5:1: x: must be a number, not nothing",
        "t.csv:5:2: n: must be a whole number, not 'x'",
        "t.csv:6:1: x: must be a number, not text (remove the quotes)",
        "t.csv:6:5: n: must be between 0 and 10, not -1",
        "t.csv:7:1: x: must be a number, not '1e999'",
        "t.csv:7:7: n: must be a whole number, not '0x1f'",
      ])
  }

  @Test("columns are found by their names, and problems are reported at them")
  func columns() throws {
    let table = try CSVTable("x,y\n1,2\n", file: "t.csv")
    #expect(table.index(of: "y") == 1)
    #expect(table.index(of: "z") == nil)
    #expect(table.texts(1) == ["2"])
    let diagnostics = Diagnostics()
    table.report("column", ofColumn: 1, to: diagnostics)
    table.report("row", row: 0, column: 1, to: diagnostics)
    table.report("table", to: diagnostics)
    #expect(
      diagnostics.all.map(\.description) == [
        "t.csv:1:3: column", "t.csv:2:3: y: row", "t.csv:1:1: table",
      ])
  }

  @Test("a table that is too long, too wide or too large is refused")
  func limits() {
    let wide = Array(repeating: "a", count: 100).joined(separator: ",")
    #expect(
      refusal(wide + "\n") == "t.csv:1:1: the table has more than the 64 columns that are read")
    #expect(
      refusal(String(repeating: "a", count: CSVTable.Limit.byteCount + 1))
        == "t.csv:1:1: the table has 16777217 bytes, more than the 16777216 that are read")
    #expect(
      refusal("a\n" + String(repeating: "1\n", count: CSVTable.Limit.rowCount + 1))
        == "t.csv:1:1: the table has more than the 200000 lines that are read")
    // One line of a million cells ends after those that may be there.
    let long = String(repeating: "\"\",", count: 1_000_000)
    #expect(refusal(long)?.contains("more than the 64 columns") == true)
  }

  @Test("whatever the bytes, the answer is a table or a sentence with a place", arguments: 0..<200)
  func fuzz(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("ab1,,,\"\"\n\n# \r\té\u{0}")
    let csv = String(
      (0..<Int.random(in: 0...60, using: &random)).map { _ in
        alphabet.randomElement(using: &random) ?? "a"
      })
    do {
      let table = try CSVTable(csv, file: "t.csv")
      #expect(table.rows.allSatisfy { $0.count == table.columns.count })
      #expect(Set(table.columns).count == table.columns.count)
    } catch {
      #expect(!error.diagnostics.isEmpty)
      #expect(error.diagnostics.allSatisfy { $0.location?.file == "t.csv" })
    }
  }
}
