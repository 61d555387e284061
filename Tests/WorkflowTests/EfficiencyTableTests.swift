// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import Workflow

@Suite("Tables of efficiencies")
struct EfficiencyTableTests {
  private let valid = """
    m_sq,m_lsp,region,variation,entries,efficiency,uncertainty
    800,0,SR1,,100,0.1,0.01
    800,0,SR1,isr_up,100,0.11,0.01
    800,0,SR1,isr_down,100,0.09,0.01
    900,0,SR2,isr_down,0,0,0.001
    900,0,SR1,isr_up,7,0.7,0.1
    900,0,SR2,isr_up,0,0,0.001
    900,0,SR1,isr_down,7,0.6,0.1
    900,0,SR2,,0,0,0.001
    900,0,SR1,,7,0.65,0.1
    800,0,SR2,,1,0.001,0.001
    800,0,SR2,isr_up,1,0.001,0.001
    800,0,SR2,isr_down,1,0.001,0.001

    """

  private func problems(_ csv: String, parameters: [String]? = nil) -> String? {
    do {
      _ = try EfficiencyTable(csv: csv, file: "e.csv", parameters: parameters)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("rows are in order, whatever their order in the file")
  func order() throws {
    let table = try EfficiencyTable(csv: valid, file: "e.csv", parameters: ["m_lsp", "m_sq"])
    #expect(table.parameters == ["m_sq", "m_lsp"])
    #expect(table.points == [[800, 0], [900, 0]])
    #expect(table.regions == ["SR1", "SR2"])
    #expect(table.variations == ["isr_up", "isr_down"])
    #expect(
      table.rows.map(\.point) == Array(repeating: 0, count: 6) + Array(repeating: 1, count: 6))
    #expect(
      table.rows.map { "\($0.region)\($0.variation ?? "")" }
        == [
          "SR1", "SR1isr_up", "SR1isr_down", "SR2", "SR2isr_up", "SR2isr_down",
          "SR1", "SR1isr_up", "SR1isr_down", "SR2", "SR2isr_up", "SR2isr_down",
        ])
    #expect(table.rows.map(\.efficiency).prefix(4) == [0.1, 0.11, 0.09, 0.001])
    #expect(table.rows[6].entries == 7 && table.rows[6].uncertainty == 0.1)
    #expect(table.rows.allSatisfy { $0.generated == nil })
  }

  @Test("variation and generated are optional columns")
  func optional() throws {
    let table = try EfficiencyTable(
      csv: "region,m,generated,entries,efficiency,uncertainty\nA,1,50,5,0.1,0.03\n",
      file: "e.csv")
    #expect(table.variations.isEmpty)
    #expect(table.rows.map(\.generated) == [50])
  }

  @Test(
    "one mistake, one sentence with its place",
    arguments: [
      ("entries,", "entry,", "e.csv:1:1: the column 'entries' is missing"),
      (
        "100,0.1,", "-1,0.1,", "e.csv:2:12: entries: must be at least 0, not -1"
      ),
      ("100,0.1,", "1.5,0.1,", "e.csv:2:12: entries: must be a whole number, not '1.5'"),
      ("100,0.1,", "100,1.1,", "e.csv:2:16: efficiency: must be between 0 and 1, not 1.1"),
      ("100,0.1,", "100,nan,", "e.csv:2:16: efficiency: must be a number, not 'nan'"),
      ("100,0.1,0.01", "100,0.1,-1", "e.csv:2:20: uncertainty: must be at least 0, not -1"),
      (
        "100,0.1,", "0,0.1,",
        "e.csv:2:14: efficiency: no events are selected, so the efficiency cannot be 0.1"
      ),
      ("800,0,SR1,,", "800,0,,,", "e.csv:2:7: region: a region has no name"),
      (
        "900,0,SR2,isr_down", "900,0,SR2,isr_up",
        "e.csv:7:1: m_sq: the same point, region and variation as in line 5"
      ),
      (
        "800,0,SR2,,1,0.001,0.001\n", "",
        "e.csv:2:1: m_sq: the table has 11 of 12 lines: every point has every region and "
          + "variation, and there is none of region 'SR2' at m_sq = 800, m_lsp = 0"
      ),
      (
        "900,0,SR2,isr_down,0,0,0.001\n", "",
        "e.csv:5:1: m_sq: the table has 11 of 12 lines: every point has every region and "
          + "variation, and there is none of region 'SR2' with variation 'isr_down' at m_sq = 900, "
          + "m_lsp = 0"
      ),
      ("isr_down", "isr_dn", "e.csv:1:19: the variation 'isr_dn' must end in _up or _down"),
    ])
  func mistakes(_ old: String, _ new: String, _ expected: String) {
    #expect(valid.contains(old))
    let refusal = problems(valid.replacingOccurrences(of: old, with: new))
    #expect(refusal?.contains(expected) == true, "\(refusal ?? "nothing")")
  }

  @Test("variations come in pairs")
  func pairs() {
    let lines = valid.split(separator: "\n").filter { !$0.contains("isr_down") }
    #expect(
      problems(lines.joined(separator: "\n"))
        == "e.csv:1:19: the variation 'isr_up' has no 'isr_down'")
  }

  @Test("columns of parameters are known, one to six")
  func parameters() {
    #expect(
      problems(valid, parameters: ["m_sq", "m_lps"])
        == "e.csv:1:6: 'm_lsp' is not a parameter of the scan (did you mean 'm_lps'?)")
    #expect(
      problems("region,entries,efficiency,uncertainty\nA,1,1,1\n")
        == "e.csv:1:1: the table has 0 columns of parameters, and it needs 1 to 6")
    #expect(
      problems("m,region,entries,efficiency,uncertainty\n")
        == "e.csv:1:1: the table has no lines of values")
    #expect(
      problems("m,region,entries,efficiency,uncertainty,generated\n1,A,5,1,1,4\n")
        == "e.csv:2:5: entries: more events are selected (5) than generated (4)")
  }

  @Test("a table of many lines that lacks one is refused in time")
  func large() {
    var csv = "m,region,entries,efficiency,uncertainty\n"
    for point in 0..<2 {
      for region in 0..<20_000 where point == 0 || region != 19_999 {
        csv += "\(point),R\(region),1,0.1,0.1\n"
      }
    }
    #expect(
      problems(csv)?.contains("39999 of 40000 lines") == true)
  }
}
