// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Testing
import Workflow

@Suite("Tables of cross sections")
struct CrossSectionTableTests {
  let folder: TemporaryFolder
  let analysis: AnalysisSpecification

  init() throws {
    folder = try TemporaryFolder()
    analysis = try WorkflowTests.analysis()
    try folder.write("m,region,entries,efficiency,uncertainty\n1,SR,1,0.1,0.1\n", to: "e.csv")
  }

  /// The source of a family with this table.
  private func source(
    _ csv: String, factors: String = "", parameters: [String]? = nil
  ) throws -> CrossSectionSource {
    try folder.write(csv, to: "xsec.csv")
    let yaml = """
      schema: 1
      signal: s
      cross_section_pb: {table: xsec.csv\(factors)}
      efficiency_map: {file: e.csv, replaces: select.yields}

      """
    let family = try SignalFamily(
      yaml: yaml, file: file, for: analysis, parameters: parameters)
    return try #require(family.crossSection)
  }

  private var file: URL {
    URL(fileURLWithPath: "signal.yaml", relativeTo: URL(fileURLWithPath: folder.url.path + "/"))
  }

  private func problems(_ csv: String, factors: String = "", parameters: [String]? = nil) -> String?
  {
    do {
      _ = try source(csv, factors: factors, parameters: parameters)
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func refusal(_ body: () throws -> some Any) -> String? {
    do {
      _ = try body()
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("one parameter: exact at the points, linear in log σ and relative uncertainty between")
  func oneParameter() throws {
    let source = try source("m,cross_section_pb,uncertainty_pb\n2,0.01,0.002\n1,1,0.1\n")
    for (m, value, relative) in [(1.0, 1.0, 0.1), (2, 0.01, 0.2), (1.5, 0.1, 0.15)] {
      let crossSection = try source.crossSection(at: ["m": m, "other": 7])
      #expect(abs(crossSection.value / value - 1) < 1e-14)
      #expect(abs(try #require(crossSection.uncertainty) / value / relative - 1) < 1e-13)
    }
    // log σ falls by log 100 for each unit.
    for m in [1.0, 1.3, 2] {
      let gradient = try source.logGradient(at: ["m": m])
      #expect(gradient.keys.sorted() == ["m"])
      #expect(abs(try #require(gradient["m"]) + log(100)) < 1e-13)
    }
  }

  @Test("factors go with every value and are no part of it")
  func factors() throws {
    let source = try source(
      "m,cross_section_pb\n1,1\n2,2\n",
      factors: ", k_factor: 1.5, branching_ratio: 0.5, filter_efficiency: 0.25")
    #expect(
      try source.crossSection(at: ["m": 2])
        == CrossSection(
          picobarns: 2, kFactor: 1.5, branchingRatio: 0.5, filterEfficiency: 0.25))
  }

  /// log σ = 1 − 0.002 x + 0.3 y − 0.0004 x y + 0.1 z is multilinear, so it is reproduced.
  @Test("multilinear in three parameters: reproduces what is, with its gradient")
  func threeParameters() throws {
    func logarithm(_ x: Double, _ y: Double, _ z: Double) -> Double {
      1 - 0.002 * x + 0.3 * y - 0.0004 * x * y + 0.1 * z
    }
    var rows: [String] = []
    for x in [0.0, 100, 400] {
      for y in [-2.0, 0, 1, 5] {
        for z in [1.0, 2] { rows.append("\(y),\(exp(logarithm(x, y, z))),\(z),\(x)") }
      }
    }
    var random = SeededGenerator(seed: 4)
    let source = try source(
      "y,cross_section_pb,z,x\n" + rows.shuffled(using: &random).joined(separator: "\n"))
    for _ in 0..<200 {
      let (x, y, z) = (
        Double.random(in: 0...400, using: &random), Double.random(in: -2...5, using: &random),
        Double.random(in: 1...2, using: &random)
      )
      let point = ["x": x, "y": y, "z": z]
      let value = try source.crossSection(at: point).value
      #expect(abs(log(value) - logarithm(x, y, z)) < 1e-12)
      let gradient = try source.logGradient(at: point)
      #expect(abs(try #require(gradient["x"]) - (-0.002 - 0.0004 * y)) < 1e-12)
      #expect(abs(try #require(gradient["y"]) - (0.3 - 0.0004 * x)) < 1e-12)
      #expect(abs(try #require(gradient["z"]) - 0.1) < 1e-12)
    }
  }

  @Test("the gradient is that of the interpolation, against finite differences")
  func gradient() throws {
    var random = SeededGenerator(seed: 11)
    var rows = "a,b,cross_section_pb\n"
    for a in 0...4 {
      for b in 0...3 { rows += "\(a),\(b * b),\(Double.random(in: 0.01...10, using: &random))\n" }
    }
    let source = try source(rows)
    func logarithm(_ a: Double, _ b: Double) throws -> Double {
      log(try source.crossSection(at: ["a": a, "b": b]).value)
    }
    for _ in 0..<100 {
      let a = Double(Int.random(in: 0...3, using: &random)) + .random(in: 0.1...0.9, using: &random)
      let places: [Double] = [0.5, 2.5, 7]
      let b = places[Int.random(in: 0..<3, using: &random)]
      let gradient = try source.logGradient(at: ["a": a, "b": b])
      let h = 1e-5
      let slopes = (
        a: (try logarithm(a + h, b) - logarithm(a - h, b)) / (2 * h),
        b: (try logarithm(a, b + h) - logarithm(a, b - h)) / (2 * h)
      )
      #expect(abs(try #require(gradient["a"]) - slopes.a) < 1e-8)
      #expect(abs(try #require(gradient["b"]) - slopes.b) < 1e-8)
    }
  }

  @Test("outside of the table there is no cross section, and the sentence says so")
  func outside() throws {
    let source = try source("m_sq_gev,cross_section_pb\n800,1\n2000,2\n")
    for value in [799.999, 2000.5] {
      let text = "\(value)"
      let sentence =
        "m_sq_gev = \(text) lies outside of the table of cross sections, which goes from 800 to 2000"
      #expect(refusal { try source.crossSection(at: ["m_sq_gev": value]) } == sentence)
      #expect(refusal { try source.logGradient(at: ["m_sq_gev": value]) } == sentence)
    }
    #expect(
      refusal { try source.crossSection(at: ["m_sq_gev": .nan]) }
        == "m_sq_gev = nan lies outside of the table of cross sections, which goes from 800 to 2000"
    )
    #expect(
      refusal { try source.crossSection(at: ["m": 1]) }
        == "the table of cross sections needs 'm_sq_gev', which the point does not have")
  }

  @Test(
    "what is wrong with a table",
    arguments: [
      ("m\n1\n", "1:1: the column 'cross_section_pb' is missing"),
      ("cross_section_pb\n1\n", "1:1: the table has no column of a parameter"),
      (
        "m,cross_section_pb\n1,1\n",
        "1:1: 'm' has 1 value, and interpolation needs at least 2; leave the column out if it "
          + "never changes"
      ),
      (
        "m,cross_section_pb\n",
        "1:1: 'm' has 0 values, and interpolation needs at least 2; leave the column out if it "
          + "never changes"
      ),
      (
        "m,cross_section_pb\n1,1\n2,0\n",
        "3:3: cross_section_pb: must be greater than 0, not 0"
      ),
      (
        "m,cross_section_pb\n1,nan\n2,1\n",
        "2:3: cross_section_pb: must be a number, not 'nan'"
      ),
      (
        "m,cross_section_pb,uncertainty_pb\n1,1,-0.1\n2,1,1\n",
        "2:5: uncertainty_pb: must be at least 0, not -0.1"
      ),
      ("m,cross_section_pb\n1,1\n2,1\n1.0,2\n", "4:1: m: the same point as in line 2"),
      (
        "a,b,cross_section_pb\n1,1,1\n1,2,1\n2,1,1\n",
        "1:1: the points are no regular grid: 3 of 4 are there, and none at a = 2, b = 2"
      ),
      (
        "a-b,cross_section_pb\n1,1\n2,1\n",
        "1:1: 'a-b' must consist of letters, digits and underscores, not beginning with a digit"
      ),
    ])
  func mistakes(_ csv: String, _ expected: String) {
    #expect(problems(csv) == "xsec.csv:" + expected)
  }

  @Test("columns are parameters of the scan")
  func parameters() {
    #expect(
      problems("m_qs,cross_section_pb\n1,1\n2,1\n", parameters: ["m_sq", "m"])?.hasPrefix(
        "xsec.csv:1:1: 'm_qs' is not a parameter of the scan (did you mean 'm_sq'?)") == true)
  }

  @Test("a scattered table is told to be no grid without counting all the gaps")
  func scattered() {
    let rows = (0..<2000).map { "\($0),\($0),\($0),1\n" }.joined()
    #expect(
      problems("a,b,c,cross_section_pb\n" + rows)
        == "xsec.csv:1:1: the points are no regular grid: 2000 of 8000000000 are there")
  }

  @Test("factors are checked, and unknown ones refused")
  func wrongFactors() {
    let csv = "m,cross_section_pb\n1,1\n2,1\n"
    #expect(
      problems(csv, factors: ", k_factor: 0, value: 1")
        == """
        signal.yaml:3:47: cross_section_pb.k_factor: must be greater than 0, not 0
        signal.yaml:3:50: cross_section_pb.value: unknown key 'value' (known: table, k_factor, \
        branching_ratio, filter_efficiency)
        """)
  }

  @Test("a signal of one point takes its value from the table")
  func onePoint() throws {
    try folder.write("m,cross_section_pb\n1,1\n3,4\n", to: "xsec.csv")
    try folder.write("", to: "a.root")
    func yaml(_ point: String) -> String {
      "schema: 1\nsignal: s\n\(point)cross_section_pb: {table: xsec.csv, k_factor: 2}\n"
        + "events: {files: [a.root], format: root}\n"
    }
    let signal = try Signal(yaml: yaml("point: {m: 2}\n"), file: file, for: analysis)
    let value = try #require(signal.inputs["cross_section_pb"]?.value)
    let crossSection = try JSONDecoder().decode(CrossSection.self, from: value)
    #expect(abs(crossSection.value - 2) < 1e-15 && crossSection.kFactor == 2)
    #expect(
      refusal { try Signal(yaml: yaml(""), file: file, for: analysis) }
        == "signal.yaml:3:19: cross_section_pb: the table of cross sections needs 'm', which the "
        + "point does not have")
  }

  @Test(
    "a cross section in a file of its own is spelt as in a signal",
    arguments: [
      ("0.0023", CrossSection(picobarns: 0.0023)),
      (
        "{\"value\": 0.5, \"uncertainty\": 1e-2, \"k_factor\": 2}",
        CrossSection(picobarns: 0.5, uncertainty: 0.01, kFactor: 2)
      ),
    ])
  func ownFile(_ json: String, _ expected: CrossSection) throws {
    #expect(try CrossSection(yaml: json, file: "x.json") == expected)
  }

  @Test("a misspelt factor in such a file is not passed over")
  func ownFileMistakes() {
    #expect(
      refusal { try CrossSection(yaml: "{\"value\": NaN, \"kfactor\": 2}", file: "x.json") }
        == """
        x.json:1:11: value: must be a number, not 'NaN'
        x.json:1:16: kfactor: unknown key 'kfactor' (did you mean 'k_factor'?)
        """)
  }
}
