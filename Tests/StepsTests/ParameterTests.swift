// SPDX-License-Identifier: Apache-2.0
import Foundation
import Steps
import Testing
import Workflow

/// What each kind refuses when an analysis is read, by its sentence with line and column.
@Suite struct ParameterTests {
  private static let heading = """
    schema: 1
    analysis: a
    title: t
    luminosity_ifb: 139
    signal:
      events: {columns: {MET_pt: float, Jet: {pt: float, eta: float}, weight: double}}
      yields: {SR: 2}
      cross_section_pb: required
    steps:

    """

  private func problems(_ steps: String) -> [String] {
    do {
      _ = try AnalysisSpecification(
        yaml: Self.heading + steps, file: "a.yaml", directory: nil, catalog: .standard)
      return []
    } catch { return error.diagnostics.map(\.description) }
  }

  private static let selection = """
      - id: select
        kind: selection
        inputs: {events: signal.events}
        parameters:
          weight: weight
          objects:
            jets: {from: Jet, where: "pt > 50", fields: [pt, eta], sort: -pt}
          variables:
            ht: "sum(jets, pt)"
          regions:
            base: [{met: "MET_pt > 200"}, {ht: "ht > 500"}]
            SR: {from: base, channel: SR_cuts, cuts: [{nj: "size(jets) >= 2"}]}
          variations:
            half: {kind: weight, up: weight * 2, down: weight / 2, norm: nominal}

    """

  @Test func theGoodSelectionIsAccepted() {
    #expect(problems(Self.selection) == [])
  }

  @Test(arguments: [
    (
      "weight: weight\n", "wieght: weight\n",
      "a.yaml:14:7: steps[0].parameters.wieght: unknown key 'wieght' (did you mean 'weight'?)"
    ),
    (
      "      weight: weight\n", "",
      "steps[0].parameters: the events have a column 'weight', but the selection doesn't say whether "
        + "it is the events' weight: write 'weight: weight', or 'weight: \"1\"' to count events"
    ),
    (
      "kind: weight", "kind: shape",
      "steps[0].parameters.variations.half.kind: must be one of weight, object, event, norm, not "
        + "'shape'"
    ),
    (", norm: nominal", "", "steps[0].parameters.variations.half: 'norm' is missing"),
    (
      "{met: \"MET_pt > 200\"}", "{met: \"MET_pt > 200\", x: \"1 > 0\"}",
      "steps[0].parameters.regions.base[0]: a cut must be one name and its expression, as in {met: "
        + "\"MET_pt > 200\"}, not a mapping"
    ),
    (
      "base: [{met: \"MET_pt > 200\"}, {ht: \"ht > 500\"}]", "base: all",
      "steps[0].parameters.regions.base: a region must be a list of cuts, or a mapping with 'cuts', "
        + "not 'all'"
    ),
    ("from: Jet, ", "", "steps[0].parameters.objects.jets: 'from' is missing"),
    (
      "channel: SR_cuts", "channel: base",
      "steps[0].parameters.regions.SR: region 'base' fills channel 'base' already: name another "
        + "'channel', or leave one of them out with 'report: false'"
    ),
    (
      ", cuts: [{nj: \"size(jets) >= 2\"}]", ", cut: []",
      "steps[0].parameters.regions.SR.cut: unknown key 'cut' (did you mean 'cuts'?)"
    ),
  ]) func refusedSelection(_ old: String, _ new: String, _ sentence: String) throws {
    try #require(Self.selection.contains(old))
    let found = problems(Self.selection.replacing(old, with: new))
    #expect(found.contains { $0.hasSuffix(sentence) }, "\(found)")
  }

  /// A mistake in an expression is told at the character to blame.
  @Test(arguments: [
    ("sum(jets, pt)", "sum(jets, ptt)"), ("MET_pt > 200", "MET_pt > HT"),
    ("size(jets) >= 2", "size(jet) >= 2"), ("pt > 50", "pt >"), ("sort: -pt", "sort: -phi"),
    ("up: weight * 2", "up: wait * 2"), ("{from: base,", "{from: bass,"),
  ]) func mistakesInExpressionsHaveTheirPlace(_ old: String, _ new: String) throws {
    try #require(Self.selection.contains(old))
    let text = Self.heading + Self.selection.replacing(old, with: new)
    let found = problems(Self.selection.replacing(old, with: new))
    #expect(found.count == 1, "\(found)")
    let place = try #require(found.first?.split(separator: ":"))
    let line = try #require(Int(place[1]))
    let column = try #require(Int(place[2]))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = lines[line - 1].firstRange(of: new).map {
      lines[line - 1].distance(from: lines[line - 1].startIndex, to: $0.lowerBound) + 1
    }
    let first = try #require(start, "\(found)")
    // Within the changed text, or just behind it where something is missing at its end.
    #expect((first...first + new.count).contains(column), "\(found)")
  }

  @Test(arguments: [
    ("{sample: S}", "steps[0].parameters: 'poi' is missing"),
    (
      "{sample: S, poi: mu, statistical_uncertainty: yes}",
      "steps[0].parameters.statistical_uncertainty: must be true or false, not 'yes'"
    ),
    (
      "{sample: S, poi: mu, variation: [isr]}",
      "steps[0].parameters.variation: unknown key 'variation' (did you mean 'variations'?)"
    ),
  ]) func refusedSignalModel(_ parameters: String, _ sentence: String) {
    let found = problems(
      """
        - id: model
          kind: signal-model
          inputs: {background: file.b.json, yields: signal.yields}
          parameters: \(parameters)

      """)
    #expect(found.count == 1 && found[0].hasSuffix(sentence), "\(found)")
  }

  @Test func crossSectionGoesWithYieldsOfASelection() {
    let model = { (inputs: String) in
      self.problems(
        Self.selection + """
            - id: model
              kind: signal-model
              inputs: {background: file.b.json, \(inputs)}
              parameters: {sample: S, poi: mu}

          """)
    }
    #expect(
      model("yields: select.yields")
        == [
          "a.yaml:26:47: steps[1].inputs.yields: yields of a selection become events with a cross section: "
            + "add 'cross_section_pb: signal.cross_section_pb'"
        ])
    #expect(
      model("yields: signal.yields, cross_section_pb: signal.cross_section_pb")
        == [
          "a.yaml:26:80: steps[1].inputs.cross_section_pb: 'signal.yields' are expected events "
            + "already; a cross section has no meaning beside them"
        ])
    #expect(model("yields: select.yields, cross_section_pb: signal.cross_section_pb") == [])
  }

  @Test(arguments: [
    (
      "fit", "{measurment: m}",
      "steps[0].parameters.measurment: unknown key 'measurment' (did you mean 'measurement'?)"
    ),
    ("cls", "{mu: 0}", "steps[0].parameters.mu: must be greater than 0, not 0"),
    ("cls", "{mu: one}", "steps[0].parameters.mu: must be a number, not 'one'"),
    (
      "cls", "{test_statistic: qtild}",
      "steps[0].parameters.test_statistic: must be one of q, qtilde, not 'qtild' (did you mean "
        + "'qtilde'?)"
    ),
    (
      "upper-limit", "{confidence_level: 95}",
      "steps[0].parameters.confidence_level: must be between 0.01 and 0.9999, not 95"
    ),
    (
      "upper-limit", "{level: 0.9}",
      "steps[0].parameters.level: unknown key 'level' "
        + "(known: confidence_level, test_statistic, measurement)"
    ),
  ]) func refusedTests(_ kind: String, _ parameters: String, _ sentence: String) {
    let found = problems(
      """
        - id: s
          kind: \(kind)
          inputs: {workspace: file.b.json}
          parameters: \(parameters)

      """)
    #expect(found.count == 1 && found[0].hasSuffix(sentence), "\(found)")
  }

  @Test(arguments: [
    (
      "{arguments: []}",
      "parameters.arguments: the first argument is the program, so there must be one"
    ),
    (
      "{arguments: [a, \"{input.evnts}\"]}",
      "parameters.arguments[1]: '{input.evnts}': the step has no input 'evnts' (did you mean "
        + "'events'?)"
    ),
    (
      "{arguments: [a, \"x{output.o}\"]}",
      "parameters.arguments[1]: '{output.o}': the step has no output 'o'"
    ),
    (
      "{arguments: [a], outputs: {o: {path: /tmp/x}}}",
      "outputs.o.path: '/tmp/x' is absolute; outputs are written below the step's folder"
    ),
    (
      "{arguments: [a], outputs: {o: {path: a/../../x}}}",
      "outputs.o.path: 'a/../../x' leaves the step's folder ('..')"
    ),
    (
      "{arguments: [a], outputs: {o: {path: a//x}}}",
      "outputs.o.path: 'a//x' is not a plain path such as 'out/histogram.json'"
    ),
    (
      "{arguments: [a], outputs: {o: {path: inputs/x}}}",
      "outputs.o.path: 'inputs/x' lies where the inputs are; take another folder"
    ),
    (
      "{arguments: [a], outputs: {o: {path: x}, p: {path: x}}}",
      "outputs.p.path: output 'o' has the same path; give each its own"
    ),
    (
      "{arguments: [a], outputs: {o: {path: x, type: jason}}}",
      "outputs.o.type: 'jason' is not a type of output (did you mean 'json'?)"
    ),
    (
      "{arguments: [a], time_limit_s: 0}",
      "parameters.time_limit_s: must be between 0.001 and 2592000, not 0"
    ),
    (
      "{arguments: [a], outputs: {o: {path: x}}, results: o}",
      "parameters.results: results are read from an output of type 'json', but 'o' is of type 'file'"
    ),
    (
      "{arguments: [a], results: p}",
      "parameters.results: 'p' is not an output of this step"
    ),
    (
      "{argumnets: [a], arguments: [a]}",
      "parameters.argumnets: unknown key 'argumnets' (did you mean 'arguments'?)"
    ),
  ]) func refusedCommand(_ parameters: String, _ sentence: String) {
    let found = problems(
      """
        - id: s
          kind: command
          inputs: {events: signal.events}
          parameters: \(parameters)

      """)
    #expect(found.count == 1 && found[0].hasSuffix(sentence), "\(found)")
  }

  @Test func kindsWithoutParametersSaySo() {
    for (kind, sentence) in [
      ("selection", "a selection needs 'parameters' with at least 'regions'"),
      ("signal-model", "a signal model needs 'parameters' with 'sample' and 'poi'"),
      ("command", "a command needs 'parameters' with 'arguments'"),
    ] {
      let found = problems("  - {id: s, kind: \(kind)}\n")
      #expect(found.contains { $0.hasSuffix(sentence) }, "\(found)")
    }
  }
}
