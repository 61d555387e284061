// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Testing
import Workflow

@Suite("analysis.yaml")
struct AnalysisSpecificationTests {
  @Test("everything that is written is there")
  func valid() throws {
    let analysis = try analysis()
    #expect(analysis.name == "squark-multijet")
    #expect(analysis.title == "Squarks and gluinos")
    #expect(analysis.references == ["arXiv:2010.14293"])
    #expect(analysis.luminosity == 139)
    #expect(
      analysis.signal
        == SignalDeclaration(
          events: [
            EventColumn(name: "Jet_btag", collection: "Jet", type: .double, isOptional: true),
            EventColumn(name: "Jet_pt", collection: "Jet", type: .float),
            EventColumn(name: "MET_pt", type: .float),
            EventColumn(name: "weight", type: .double),
          ], crossSection: .required))
    #expect(analysis.steps.map(\.id) == ["select", "model", "limit"])
    #expect(analysis.steps.map(\.kind) == ["selection", "signal-model", "upper-limit"])
    #expect(analysis.steps[1].inputs.map(\.name) == ["background", "yields", "cross_section_pb"])
    #expect(
      analysis.steps[1].inputs.map(\.reference) == [
        .file("data/background.json"), .output(step: "select", name: "yields"),
        .signal("cross_section_pb"),
      ])
    #expect(
      String(decoding: analysis.steps[0].parameters, as: UTF8.self)
        == "{\"cuts\":[\"a\",\"b\"],\"level\":2}")
    #expect(analysis.steps[2].location.line == 20)
    #expect(analysis.validationSignals == "signals/*.yaml")
    #expect(analysis.validationExpected == "expected/*.yaml")
    #expect(analysis.files == ["data/background.json"])
  }

  @Test("warnings of a usable file are kept, those of a refused one are told with the errors")
  func warnings() throws {
    let yaml = "schema: 1\nanalysis: a\ntitle: t\nsignal: {}\nsteps:\n  - {id: old, kind: old}\n"
    let catalog = StepCatalog([Old()])
    let read = try analysis(yaml, catalog: catalog)
    let warning = "analysis.yaml:6:5: warning: steps[0]: the kind 'old' will go"
    #expect(read.warnings.map(\.description) == [warning])
    let refusal = #expect(throws: InvalidSpecification.self) {
      try analysis(yaml, replacing: ["title: t": "title: []"], catalog: catalog)
    }
    #expect(
      refusal?.description
        == "analysis.yaml:3:8: title: must be text, not a list\n\(warning)")
  }

  @Test(
    "one mistake, one sentence with its place",
    arguments: [
      (
        "yields: select.yields", "yields: select.yeilds",
        "analysis.yaml:18:15: steps[1].inputs.yields: 'select.yeilds' is not an output of step "
          + "'select' (did you mean 'yields'?)"
      ),
      (
        "yields: select.yields", "yields: select.histo",
        "analysis.yaml:18:15: steps[1].inputs.yields: 'select.histo' is not an output of step "
          + "'select' (it has: yields, histogram)"
      ),
      (
        "yields: select.yields", "yields: select.histogram",
        "analysis.yaml:18:15: steps[1].inputs.yields: 'select.histogram' is json, but the input "
          + "'yields' of kind 'signal-model' takes yields"
      ),
      (
        "yields: select.yields", "yield: select.yields",
        "analysis.yaml:18:7: steps[1].inputs.yield: 'yield' is not an input of kind "
          + "'signal-model' (did you mean 'yields'?)"
      ),
      (
        "yields: select.yields", "yields: selct.yields",
        "analysis.yaml:18:15: steps[1].inputs.yields: there is no step 'selct' "
          + "(did you mean 'select'?)"
      ),
      (
        "yields: select.yields", "yields: select",
        "analysis.yaml:18:15: steps[1].inputs.yields: 'select' is not a reference: write "
          + "signal.PART, file.PATH or STEP.OUTPUT"
      ),
      (
        "yields: select.yields", "yields: signal.event",
        "analysis.yaml:18:15: steps[1].inputs.yields: 'event' is not declared as a part of the "
          + "signal (did you mean 'events'?)"
      ),
      (
        "yields: select.yields", "yields: signal.yields",
        "analysis.yaml:18:15: steps[1].inputs.yields: 'yields' is not declared as a part of the "
          + "signal; declare it under 'signal' at the top of the file"
      ),
      (
        "yields: select.yields", "yields: [1]",
        "analysis.yaml:18:15: steps[1].inputs.yields: must be text, not a list"
      ),
      (
        "kind: upper-limit", "kind: upper-limits",
        "analysis.yaml:21:11: steps[2].kind: 'upper-limits' is not a kind of step "
          + "(did you mean 'upper-limit'?)"
      ),
      (
        "kind: upper-limit", "kind: magic",
        "analysis.yaml:21:11: steps[2].kind: 'magic' is not a kind of step "
          + "(kinds: merge, selection, signal-model, upper-limit)"
      ),
      (
        "inputs: {workspace: model.workspace}", "inputs: {}",
        "analysis.yaml:22:13: steps[2].inputs: kind 'upper-limit' needs the input 'workspace' "
          + "(workspace)"
      ),
      (
        "    inputs: {workspace: model.workspace}\n", "",
        "analysis.yaml:20:5: steps[2]: kind 'upper-limit' needs the input 'workspace' (workspace)"
      ),
      (
        "id: limit", "id: model",
        "analysis.yaml:20:9: steps[2].id: 'model' is the id of steps[1] already (line 14)"
      ),
      (
        "id: limit", "id: file",
        "analysis.yaml:20:9: steps[2].id: a step cannot be called 'file': 'file.…' refers to "
          + "something else"
      ),
      (
        "id: limit", "id: Limit_1",
        "analysis.yaml:20:9: steps[2].id: 'Limit_1' must consist of lower-case letters, digits "
          + "and single hyphens (at most 100)"
      ),
      (
        "  - id: limit\n    kind", "  - kind",
        "analysis.yaml:20:5: steps[2]: 'id' is missing"
      ),
      (
        "parameters: {level: 2,", "parameters: {levl: 2,",
        "analysis.yaml:13:18: steps[0].parameters.levl: unknown key 'levl' "
          + "(did you mean 'level'?)"
      ),
      (
        "level: 2", "level: 12",
        "analysis.yaml:13:25: steps[0].parameters.level: must be between 0 and 10, not 12"
      ),
      (
        "level: 2", "level: '2'",
        "analysis.yaml:13:25: steps[0].parameters.level: must be a number, not text "
          + "(remove the quotes)"
      ),
      (
        "parameters: {level: 2, cuts: [a, b]}", "resources: {memory: 1}",
        "analysis.yaml:13:5: steps[0].resources: 'resources' is reserved for batch systems and "
          + "not read yet; remove it"
      ),
      (
        "parameters: {level: 2, cuts: [a, b]}", "parametres: {level: 2}",
        "analysis.yaml:13:5: steps[0].parametres: unknown key 'parametres' "
          + "(did you mean 'parameters'?)"
      ),
      (
        "schema: 1", "schema: 2",
        "analysis.yaml:1:9: schema: schema 2 is not known to this program, which reads schema 1"
      ),
      (
        "schema: 1\n", "",
        "analysis.yaml:1:1: 'schema' is missing; the file must begin with 'schema: 1'"
      ),
      (
        "schema: 1\nanalysis: squark-multijet\n", "analysis: squark-multijet\nschema: 1\n",
        "analysis.yaml:2:1: schema: 'schema: 1' must come first in the file"
      ),
      (
        "analysis: squark", "analysis: Squark",
        "analysis.yaml:2:11: analysis: 'Squark-multijet' must consist of lower-case letters, "
          + "digits and single hyphens (at most 100)"
      ),
      (
        "luminosity_ifb: 139", "luminosity_ifb: -1",
        "analysis.yaml:5:17: luminosity_ifb: must be greater than 0, not -1"
      ),
      (
        "luminosity_ifb: 139\n", "",
        "analysis.yaml:14:11: steps[1].kind: kind 'signal-model' needs the luminosity; give "
          + "'luminosity_ifb' at the top of the file"
      ),
      (
        "luminosity_ifb", "luminosity_fb",
        """
        analysis.yaml:5:1: luminosity_fb: unknown key 'luminosity_fb' (did you mean \
        'luminosity_ifb'?)
        analysis.yaml:15:11: steps[1].kind: kind 'signal-model' needs the luminosity; give \
        'luminosity_ifb' at the top of the file
        """
      ),
      (
        "MET_pt: float", "MET_pt: flaot",
        "analysis.yaml:7:30: signal.events.columns.MET_pt: 'flaot' is not a column type: bool, "
          + "int, float, double, each with '?' if a file may lack it (did you mean 'float'?)"
      ),
      (
        "MET_pt: float", "Jet_pt: float",
        "analysis.yaml:7:11: signal.events: the column 'Jet_pt' is declared twice"
      ),
      (
        "MET_pt: float", "2pt: float",
        "analysis.yaml:7:22: signal.events.columns.2pt: '2pt' must consist of letters, digits and "
          + "underscores, not beginning with a digit (at most 100)"
      ),
      (
        "cross_section_pb: required", "cross_section_pb: requird",
        "analysis.yaml:8:21: signal.cross_section_pb: must be one of required, optional, not "
          + "'requird' (did you mean 'required'?)"
      ),
      (
        "expected: expected/*.yaml", "expected: ../*.yaml",
        "analysis.yaml:23:47: validate.expected: '../*.yaml' leaves the folder; copy the files "
          + "into the folder of analysis.yaml"
      ),
      (
        "file.data/background.json", "file./etc/passwd",
        "analysis.yaml:17:19: steps[1].inputs.background: '/etc/passwd' is not relative to the "
          + "folder; copy it into the folder of analysis.yaml"
      ),
      (
        "file.data/background.json", "file.data/../../x.json",
        "analysis.yaml:17:19: steps[1].inputs.background: 'data/../../x.json' leaves the folder; "
          + "copy it into the folder of analysis.yaml"
      ),
      (
        "steps:", "steps: 5\nstep:",
        """
        analysis.yaml:9:8: steps: must be a list, not '5'
        analysis.yaml:10:1: step: unknown key 'step' (did you mean 'steps'?)
        """
      ),
    ])
  func mistakes(_ old: String, _ new: String, _ expected: String) {
    #expect(validAnalysis.contains(old))
    #expect(refusal(replacing: [old: new]) == expected)
  }
}
