// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Testing
import Workflow

@Suite("scan.yaml")
struct ScanSpecificationTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("schema: 1\n", to: "signal.yaml")
    try folder.write("m_sq_gev,m_lsp_gev\n800,1\n900,1e1\n", to: "points.csv")
  }

  private let minimal = """
    schema: 1
    scan: plane
    analysis: squark-multijet
    signal: signal.yaml
    parameters:
      m_sq_gev: {range: [800, 2000], unit: GeV}
      m_lsp_gev: {range: [0.5, 1000], scale: log}

    """

  private func file(_ name: String = "scan.yaml") -> URL {
    URL(fileURLWithPath: name, relativeTo: URL(fileURLWithPath: folder.url.path + "/"))
  }

  private func scan(_ yaml: String, of analysis: AnalysisSpecification? = nil) throws
    -> ScanSpecification
  {
    try ScanSpecification(
      yaml: yaml, file: file(), analysis: analysis.map { found in { _ in found } })
  }

  private func problems(_ yaml: String, of analysis: AnalysisSpecification? = nil) -> String? {
    do {
      _ = try scan(yaml, of: analysis)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test("what is not written has its default")
  func defaults() throws {
    let scan = try scan(minimal, of: analysis())
    #expect(
      scan
        == ScanSpecification(
          name: "plane", analysis: "squark-multijet", signal: "signal.yaml",
          parameters: [
            ScanParameter(name: "m_sq_gev", lower: 800, upper: 2000, unit: "GeV"),
            ScanParameter(name: "m_lsp_gev", lower: 0.5, upper: 1000, isLogarithmic: true),
          ],
          outputs: [
            ScanOutput(name: "obs", step: "limit", quantity: .upper_limit, transform: .log10),
            ScanOutput(
              name: "exp", step: "limit", quantity: .upper_limit_expected, sigma: 0,
              transform: .log10),
            ScanOutput(
              name: "exp+1", step: "limit", quantity: .upper_limit_expected, sigma: 1,
              transform: .log10, weight: 0.3),
            ScanOutput(
              name: "exp-1", step: "limit", quantity: .upper_limit_expected, sigma: -1,
              transform: .log10, weight: 0.3),
          ]))
    #expect(scan.strategy == .active)
    #expect(scan.design == ScanDesign(points: nil, hasCorners: false, seedPoints: []))
    #expect(scan.acquisition == ScanAcquisition(kind: .mesSum, batch: 1))
    #expect(scan.failures == ScanFailures(retries: 0, usesClassifier: true))
    #expect(
      scan.stop
        == ScanStop(
          misclassified: 0.01, contourShift: 0.005, patience: 2, evaluations: 200, wallTime: nil))
    #expect(scan.usesGradients && scan.mode == .rounds && scan.warmStart == nil && scan.seed == 0)
  }

  @Test("without the analysis no outputs follow")
  func withoutAnalysis() throws {
    #expect(try scan(minimal).outputs.isEmpty)
  }

  @Test("everything that is written is there, and survives JSON")
  func everything() throws {
    let scan = try scan(
      minimal.replacingOccurrences(of: "squark-multijet", with: "squark-multijet@3") + """
        constraints: ["m_lsp_gev + 100 < m_sq_gev", "m_lsp_gev > 0"]
        outputs:
          - {name: obs, value: test.cls, subject: SR}
          - {name: exp+1, value: test.cls_expected, sigma: 1, weight: 0.3, transform: none, level: 0.05}
          - {name: mu, value: fit.mu_hat, level: 1}
        strategy: active
        design: {points: 9, corners: true, seed_points: points.csv}
        surrogate: {gradients: off}
        acquisition: {kind: randomised-straddle, batch: 8}
        mode: async
        warm_start: {scan: plane-fast}
        failures: {retries: 2, classifier: false}
        stop: {misclassified: 0.02, contour_shift: 0.01, patience: 3, evaluations: 50, wall_time: 1.5h}
        seed: 20230523

        """)
    #expect(scan.analysis == "squark-multijet@3")
    #expect(scan.constraints == ["m_lsp_gev + 100 < m_sq_gev", "m_lsp_gev > 0"])
    #expect(
      scan.outputs == [
        ScanOutput(name: "obs", step: "test", quantity: .cls, subject: "SR", transform: .probit),
        ScanOutput(
          name: "exp+1", step: "test", quantity: .cls_expected, sigma: 1, transform: .none,
          level: 0.05, weight: 0.3),
        ScanOutput(name: "mu", step: "fit", quantity: .mu_hat, transform: .none, level: 1),
      ])
    #expect(
      scan.design == ScanDesign(points: 9, hasCorners: true, seedPoints: [[800, 1], [900, 10]]))
    #expect(scan.acquisition == ScanAcquisition(kind: .randomisedStraddle, batch: 8))
    #expect(!scan.usesGradients && scan.mode == .async && scan.warmStart == "plane-fast")
    #expect(scan.failures == ScanFailures(retries: 2, usesClassifier: false))
    #expect(
      scan.stop
        == ScanStop(
          misclassified: 0.02, contourShift: 0.01, patience: 3, evaluations: 50, wallTime: 5400))
    #expect(scan.seed == 20_230_523)
    let data = try CanonicalJSON.data(scan)
    #expect(try JSONDecoder().decode(ScanSpecification.self, from: data) == scan)
    #expect(try scan.fingerprint() == Fingerprint(of: data))
  }

  @Test(
    "strategies",
    arguments: [
      ("strategy: sobol", .sobol), ("strategy: random", .random), ("strategy: active", .active),
      ("strategy: grid\npoints_per_axis: 15", .grid(pointsPerAxis: 15)),
      ("strategy: points\npoints: points.csv", .points([[800, 1], [900, 10]])),
    ] as [(String, ScanStrategy)])
  func strategies(_ yaml: String, _ expected: ScanStrategy) throws {
    let scan = try scan(minimal + yaml + "\nacquisition: {batch: 4}\n")
    #expect(scan.strategy == expected)
    #expect(yaml.contains("strategy: \(scan.strategy.name)"))
    #expect(scan.acquisition.batch == 4)
    let data = try CanonicalJSON.data(scan)
    #expect(try JSONDecoder().decode(ScanSpecification.self, from: data) == scan)
  }

  @Test(
    "times have units",
    arguments: [("30s", 30), ("15min", 900), ("12h", 43_200), ("2d", 172_800), ("0.5h", 1800)])
  func times(_ text: String, _ seconds: Double) throws {
    #expect(try scan(minimal + "stop: {wall_time: \(text)}\n").stop.wallTime == seconds)
  }

  @Test("columns of a table of points may stand in any order")
  func order() throws {
    try folder.write("# words\nm_lsp_gev,m_sq_gev\n10,900\n", to: "points.csv")
    let scan = try scan(minimal + "strategy: points\npoints: points.csv\n")
    #expect(scan.strategy == .points([[900, 10]]))
  }

  @Test(
    "one mistake, one sentence with its place",
    arguments: [
      (
        "scan: plane", "scan: My Plane",
        "scan.yaml:2:7: scan: 'My Plane' must consist of lower-case letters, digits and single "
          + "hyphens (at most 100)"
      ),
      (
        "analysis: squark-multijet", "analysis: squark-multijet@0",
        "scan.yaml:3:11: analysis: 'squark-multijet@0' is no analysis: write NAME, or NAME@3 for "
          + "its version 3"
      ),
      (
        "analysis: squark-multijet", "analysis: a@3@4",
        "scan.yaml:3:11: analysis: 'a@3@4' is no analysis: write NAME, or NAME@3 for its version 3"
      ),
      (
        "signal: signal.yaml", "signal: ../signal.yaml",
        "scan.yaml:4:9: signal: '../signal.yaml' leaves the folder; put the file beside the scan "
          + "file"
      ),
      (
        "signal: signal.yaml", "signal: signals.yaml",
        "scan.yaml:4:9: signal: there is no file 'signals.yaml' (did you mean 'signal.yaml'?)"
      ),
      (
        "[800, 2000]", "[800]",
        "scan.yaml:6:21: parameters.m_sq_gev.range: must be the smallest and the largest value, "
          + "as in [800, 2000], not a list of 1"
      ),
      (
        "[800, 2000]", "[2000, 2000]",
        "scan.yaml:6:21: parameters.m_sq_gev.range: the first value must be less than the second"
      ),
      (
        "[800, 2000]", "[-1.5e308, 1.5e308]",
        "scan.yaml:6:21: parameters.m_sq_gev.range: the first value must be less than the second"
      ),
      (
        "[800, 2000]", "[.nan, 2000]",
        "scan.yaml:6:22: parameters.m_sq_gev.range[0]: must be a number, not '.nan'"
      ),
      (
        "[0.5, 1000]", "[0, 1000]",
        "scan.yaml:7:22: parameters.m_lsp_gev.range: a logarithmic range begins above 0"
      ),
      (
        "scale: log", "scale: logarithmic",
        "scan.yaml:7:42: parameters.m_lsp_gev.scale: must be one of linear, log, not 'logarithmic'"
      ),
      (
        "unit: GeV", "units: GeV",
        "scan.yaml:6:34: parameters.m_sq_gev.units: unknown key 'units' (did you mean 'unit'?)"
      ),
      (
        "m_sq_gev: {range", "m-sq: {range",
        "scan.yaml:6:3: parameters.m-sq: 'm-sq' must consist of letters, digits and underscores, "
          + "not beginning with a digit (at most 100)"
      ),
      (
        "m_sq_gev: {range", "seed: {range",
        "scan.yaml:6:3: parameters.seed: 'seed' is the seed of a run; give the parameter another "
          + "name"
      ),
    ])
  func mistakes(_ old: String, _ new: String, _ expected: String) {
    #expect(minimal.contains(old))
    #expect(problems(minimal.replacingOccurrences(of: old, with: new)) == expected)
  }

  @Test(
    "what is added and wrong",
    arguments: [
      ("outputs: []", "8:10: outputs: a scan has at least one output"),
      (
        "outputs: [{name: obs, value: limit}]",
        "8:30: outputs[0].value: 'limit' is no result: write STEP.QUANTITY, as in limit.upper_limit"
      ),
      (
        "outputs: [{name: obs, value: limit.uper_limit}]",
        "8:30: outputs[0].value: 'uper_limit' is not a quantity (did you mean 'upper_limit'?)"
      ),
      (
        "outputs: [{name: obs, value: limit.upper_limit, sigma: 1}]",
        "8:49: outputs[0].sigma: 'upper_limit' is not an expected quantity and has no sigma"
      ),
      (
        "outputs: [{name: exp, value: l.upper_limit_expected, sigma: 3}]",
        "8:61: outputs[0].sigma: must be between -2 and 2, not 3"
      ),
      (
        "outputs: [{name: mu, value: fit.mu_hat}]",
        "8:11: outputs[0]: 'level' is missing: a value that is not transformed has no level of its "
          + "own"
      ),
      (
        "outputs: [{name: a, value: l.cls}, {name: a, value: l.cls}]",
        "8:36: outputs[1]: 'a' is the name of outputs[0] already"
      ),
      (
        "outputs: [{name: a, value: l.cls, weight: 0}]",
        "8:43: outputs[0].weight: must be greater than 0, not 0"
      ),
      (
        "strategy: activ",
        "8:11: strategy: must be one of active, sobol, random, grid, points, not 'activ' (did you "
          + "mean 'active'?)"
      ),
      (
        "strategy: grid",
        "1:1: 'points_per_axis' is missing, as in 'points_per_axis: 15'"
      ),
      (
        "strategy: grid\npoints_per_axis: 1000",
        "9:18: points_per_axis: a grid of 1000 points on 2 axes has more than the 100000 points a "
          + "scan may have"
      ),
      ("points_per_axis: 4", "8:1: points_per_axis: 'points_per_axis' goes with 'strategy: grid'"),
      ("points: points.csv", "8:1: points: 'points' goes with 'strategy: points'"),
      (
        "strategy: points",
        "1:1: 'points' is missing, a CSV file with a column for each parameter"
      ),
      (
        "strategy: points\npoints: point.csv",
        "9:9: points: there is no file 'point.csv' (did you mean 'points.csv'?)"
      ),
      (
        "strategy: sobol\ndesign: {corners: true}",
        "9:1: design: only the strategy 'active' has a design"
      ),
      (
        "strategy: random\nacquisition: {kind: sur}",
        "9:15: acquisition.kind: only the strategy 'active' has a kind of acquisition"
      ),
      (
        "acquisition: {batch: 0}", "8:22: acquisition.batch: must be between 1 and 1000, not 0"
      ),
      ("design: {points: many}", "8:18: design.points: must be a whole number, not 'many'"),
      ("warm_start: {scan: plane}", "8:20: warm_start.scan: a scan cannot start from itself"),
      ("failures: {retries: -1}", "8:21: failures.retries: must be between 0 and 100, not -1"),
      (
        "stop: {misclassified: 1}",
        "8:23: stop.misclassified: must be greater than 0 and at most 0.5, not 1"
      ),
      (
        "stop: {wall_time: 12}",
        "8:19: stop.wall_time: must be a time above 0 with its unit, as in 30s, 15min, 12h or 2d, "
          + "not '12'"
      ),
      (
        "stop: {wall_time: -1h}",
        "8:19: stop.wall_time: must be a time above 0 with its unit, as in 30s, 15min, 12h or 2d, "
          + "not '-1h'"
      ),
      ("stop: {wall_time: 1e9d}", "8:19: stop.wall_time: must be at most 366d, not 1e9d"),
      ("stop: {evaluations: 0}", "8:21: stop.evaluations: must be between 1 and 100000, not 0"),
      ("seed: -1", "8:7: seed: must be at least 0, not -1"),
      ("sed: 1", "8:1: sed: unknown key 'sed' (did you mean 'seed'?)"),
      ("constraints: m > 1", "8:14: constraints: must be a list, not 'm > 1'"),
    ])
  func additions(_ yaml: String, _ expected: String) {
    #expect(problems(minimal + yaml + "\n") == "scan.yaml:" + expected)
  }

  @Test("all problems at once, those of tables among them")
  func atOnce() throws {
    try folder.write(
      "m_sq_gev,m_lps_gev\n800,1\n", to: "points.csv")
    #expect(
      problems(
        minimal.replacingOccurrences(of: "schema: 1", with: "schema: 2") + """
          strategy: points
          points: points.csv
          mode: fast

          """)
          == """
          points.csv:1:1: the column 'm_lsp_gev' is missing
          points.csv:1:10: 'm_lps_gev' is not a parameter of the scan (did you mean 'm_lsp_gev'?)
          scan.yaml:1:9: schema: schema 2 is not known to this program, which reads schema 1
          scan.yaml:10:7: mode: must be one of rounds, async, not 'fast'
          """)
  }

  @Test(
    "points that cannot be",
    arguments: [
      ("m_sq_gev,m_lsp_gev\n", "points.csv:1:1: the table has no points"),
      (
        "m_sq_gev,m_lsp_gev\n800,1\n900,2\n800.0,1\n",
        "points.csv:4:1: m_sq_gev: the same point as in line 2"
      ),
      (
        "m_sq_gev,m_lsp_gev\n700,nan\n",
        """
        points.csv:2:1: m_sq_gev: must be between 800 and 2000, not 700
        points.csv:2:5: m_lsp_gev: must be a number, not 'nan'
        """
      ),
      ("m_sq_gev,m_lsp_gev\n800\n", "points.csv:2:1: the line has 1 values for 2 columns"),
    ])
  func points(_ csv: String, _ expected: String) throws {
    try folder.write(csv, to: "points.csv")
    #expect(problems(minimal + "strategy: points\npoints: points.csv\n") == expected)
    #expect(problems(minimal + "design: {seed_points: points.csv}\n") == expected)
  }

  @Test("a table that is no text, no file or too large is refused")
  func untrusted() throws {
    let file = folder.url.appendingPathComponent("points.csv")
    let yaml = minimal + "strategy: points\npoints: points.csv\n"
    try Data([0xff, 0xfe, 0x00]).write(to: file)
    #expect(problems(yaml) == "scan.yaml:9:9: points: 'points.csv' is not text in UTF-8")
    try Data(count: CSVTable.Limit.byteCount + 1).write(to: file)
    #expect(
      problems(yaml)
        == "scan.yaml:9:9: points: 'points.csv' has 16777217 bytes, more than the 16777216 that "
        + "are read")
    try FileManager.default.removeItem(at: file)
    try FileManager.default.createSymbolicLink(
      atPath: file.path, withDestinationPath: "/etc/passwd")
    #expect(
      problems(yaml)
        == "scan.yaml:9:9: points: 'points.csv' is a link that leaves the folder; put the file "
        + "beside the scan file")
    try FileManager.default.removeItem(at: file)
    #expect(mkfifo(file.path, 0o600) == 0)
    #expect(problems(yaml) == "scan.yaml:9:9: points: 'points.csv' is not a file")
  }

  @Test("outputs are checked against the analysis, and follow from its only limit")
  func outputs() throws {
    let one = try analysis()
    #expect(
      problems(minimal + "outputs: [{name: obs, value: limits.upper_limit}]\n", of: one)
        == "scan.yaml:8:30: outputs[0].value: the analysis has no step 'limits' (did you mean "
        + "'limit'?)")
    let two = try analysis(replacing: [
      "  - id: limit\n": "  - {id: l2, kind: upper-limit, inputs: {workspace: model.workspace}}\n"
        + "  - id: limit\n"
    ])
    #expect(
      problems(minimal, of: two)
        == "scan.yaml:1:1: 'outputs' is missing: without it the contours are those of the "
        + "analysis' upper limit, and 'squark-multijet' has several: l2, limit")
    let none = try analysis(
      "schema: 1\nanalysis: a\ntitle: t\nsignal: {}\nsteps: [{id: a, kind: merge}]\n")
    #expect(
      problems(minimal, of: none)
        == "scan.yaml:1:1: 'outputs' is missing: without it the contours are those of the "
        + "analysis' upper limit, and 'a' has no step of kind 'upper-limit'")
  }

  @Test("an analysis that is not there is told where it is named")
  func unknownAnalysis() throws {
    let error = #expect(throws: InvalidSpecification.self) {
      try ScanSpecification(
        yaml: minimal + "mode: x\n", file: file(),
        analysis: { throw RefusedPoint("there is no analysis '\($0)'") })
    }
    #expect(
      error?.description == """
        scan.yaml:3:11: analysis: there is no analysis 'squark-multijet'
        scan.yaml:8:7: mode: must be one of rounds, async, not 'x'
        """)
  }

  @Test("constraints are handed to whoever knows expressions, and its sentence has a place")
  func constraints() throws {
    let error = #expect(throws: InvalidSpecification.self) {
      try ScanSpecification(
        yaml: minimal + "constraints: [\"a < 1\", \"m_sq_gev > 1\"]\n", file: file(),
        constraintProblem: { expression, names in
          #expect(names == ["m_sq_gev", "m_lsp_gev"])
          return expression.hasPrefix("a") ? "there is no 'a'" : nil
        })
    }
    #expect(error?.description == "scan.yaml:8:15: constraints[0]: there is no 'a'")
  }

  @Test("one to six parameters")
  func parameterCount() {
    func yaml(_ count: Int) -> String {
      let names = (0..<count).map { "  p\($0): {range: [0, 1]}\n" }.joined()
      return "schema: 1\nscan: s\nanalysis: a\nsignal: signal.yaml\nparameters:\n" + names
    }
    #expect(problems(yaml(1)) == nil)
    #expect(problems(yaml(6)) == nil)
    #expect(
      problems(yaml(7)) == "scan.yaml:12:3: parameters.p6: a scan has at most 6 parameters, and "
        + "this is the seventh of 7")
    #expect(
      problems(yaml(0).replacingOccurrences(of: "parameters:", with: "parameters: {}"))
        == "scan.yaml:5:13: parameters: a scan has at least one parameter")
  }
}
