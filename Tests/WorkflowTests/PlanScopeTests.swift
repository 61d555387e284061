// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Testing
import Workflow

@Suite("What a signal brings in place of a step's output")
struct PlanScopeTests {
  private let files = [
    "data/background.json": Artifact(
      digest: Fingerprint(of: Data("b".utf8)), byteCount: 1, mediaType: "application/json")
  ]

  private func artifact(_ text: String) -> Artifact {
    Artifact(digest: Fingerprint(of: Data(text.utf8)), byteCount: 1, mediaType: "x")
  }

  private func signal(_ names: String..., events: Bool = false) -> Signal {
    var inputs = ["cross_section_pb": StepInput(value: Data("1".utf8))]
    for name in names { inputs[name] = StepInput(artifacts: [artifact("content of \(name)")]) }
    if events {
      inputs["events"] = StepInput(artifacts: [artifact("events")], value: Data("1".utf8))
    }
    return Signal(name: "s", point: [:], inputs: inputs)
  }

  private func plan(_ signal: Signal, adding steps: String = "") throws -> Plan {
    try Plan(
      analysis(replacing: ["validate: {": steps + "validate: {"]), files: files, signal: signal,
      catalog: .testWithCommand)
  }

  private func ids(_ signal: Signal, adding steps: String = "") throws -> [String] {
    try plan(signal, adding: steps).steps.map(\.id)
  }

  private func problems(_ signal: Signal, adding steps: String = "") -> String? {
    FamilyFolder.sentence { _ = try plan(signal, adding: steps) }
  }

  @Test("the replaced step is left out and its consumers take what the signal brings")
  func replaced() throws {
    let plan = try plan(signal("select.yields"))
    #expect(plan.steps.map(\.id) == ["model", "limit"])
    let model = plan.steps[0]
    #expect(
      model.inputs["yields"]
        == .resolved(StepInput(artifacts: [artifact("content of select.yields")])))
    #expect(model.predecessors.isEmpty && model.dependsOnSignal)
    #expect(plan.steps[1].predecessors == ["model"] && plan.steps[1].dependsOnSignal)
  }

  @Test("what is brought is told apart by its bytes")
  func fingerprints() throws {
    var other = signal("select.yields").inputs
    let first = try plan(signal("select.yields"))
    #expect(try plan(signal("select.yields")).fingerprint == first.fingerprint)
    other["select.yields"] = StepInput(artifacts: [artifact("others")])
    let second = try plan(Signal(name: "s", point: [:], inputs: other))
    #expect(first.steps.map(\.fingerprint) != second.steps.map(\.fingerprint))
    #expect(first.fingerprint != second.fingerprint)
  }

  @Test("the step is left out even when the signal could feed it")
  func withEvents() throws {
    #expect(try ids(signal("select.yields", events: true)) == ["model", "limit"])
    #expect(try ids(signal(events: true)) == ["select", "model", "limit"])
  }

  @Test("a step stays for another of its outputs, with all that it needs")
  func otherOutput() throws {
    let plot = "  - {id: plot, kind: merge, inputs: {in0: select.histogram}}\n"
    #expect(
      try ids(signal("select.yields", events: true), adding: plot)
        == ["select", "model", "limit", "plot"])
    #expect(
      problems(signal("select.yields"), adding: plot)
        == "analysis.yaml:10:5: step 'select': the signal 's' has no 'events'; it brings "
        + "'select.yields' instead, but this step is needed all the same")
    #expect(
      try ids(signal("select.yields", "select.histogram"), adding: plot)
        == ["model", "limit", "plot"])
  }

  @Test("steps that fed only what is left out go with it, in chains too")
  func upstream() throws {
    let chain = """
        - {id: read, kind: merge, inputs: {in0: signal.events}}
        - {id: clean, kind: merge, inputs: {in0: read.out, in1: file.data/background.json}}
        - {id: last, kind: merge, inputs: {in0: clean.out}}
        - {id: end, kind: merge, inputs: {in0: last.out}}

      """
    #expect(
      try ids(signal("select.yields", "last.out"), adding: chain) == ["model", "limit", "end"])
    // Half way: what still needs events is told to lack them.
    #expect(
      problems(signal("last.out"), adding: chain)?.contains(
        "step 'select': the signal 's' has no 'events'") == true)
  }

  @Test("a table of events for its own sake goes with the events, but not a test")
  func leaves() throws {
    let table = "  - {id: table, kind: merge, inputs: {in0: signal.events}}\n"
    #expect(try ids(signal("select.yields"), adding: table) == ["model", "limit"])
    #expect(
      try ids(signal("select.yields", events: true), adding: table)
        == ["model", "limit", "table"], "the signal has the events")
    let second =
      table + """
          - {id: s2, kind: selection, inputs: {events: signal.events}}
          - {id: end, kind: merge, inputs: {in0: s2.yields}}

        """
    #expect(
      problems(signal("select.yields"), adding: second)?.contains(
        "step 's2': the signal 's' has no 'events'; it brings 'select.yields' instead") == true)
  }

  @Test("names of steps and outputs are checked")
  func names() {
    #expect(
      problems(signal("selct.yields"))
        == "selct.yields: the analysis 'squark-multijet' has no step 'selct' (did you mean "
        + "'select'?)")
    #expect(
      problems(signal("select.yield"))
        == "select.yield: 'select.yield' is not an output of step 'select' (did you mean "
        + "'yields'?)")
    #expect(
      problems(signal("limit.x")) == "limit.x: 'limit.x' is not an output of step 'limit'")
  }

  @Test("one file stands in for one file")
  func count() {
    let two = StepInput(artifacts: [artifact("a"), artifact("b")])
    let signal = Signal(
      name: "s", point: [:],
      inputs: ["select.yields": two, "cross_section_pb": StepInput(value: Data("1".utf8))])
    #expect(
      problems(signal)
        == "analysis.yaml:14:5: step 'model': the signal 's' brings 2 files for 'select.yields', "
        + "which is one file")
  }

  @Test("nothing left to do is refused")
  func nothing() throws {
    let one = try analysis(
      "schema: 1\nanalysis: a\ntitle: t\nsignal: {}\nsteps:\n  - {id: a, kind: merge}\n")
    #expect(
      FamilyFolder.sentence {
        _ = try Plan(one, files: [:], signal: signal("a.out"), catalog: .test)
      } == "the analysis 'a' has nothing left to do with this signal")
  }

  /// Without a stand-in the plan is what it was; with one for every output of a step, neither the
  /// step nor what fed only it is there, and nothing else is missing.
  @Test("random graphs: exactly what leads to a wanted end is kept", arguments: 0..<40)
  func properties(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let graph = DAG(seed: seed, count: Int.random(in: 2...30, using: &random))
    let analysis = try analysis(graph.yaml())
    let replaced = Set((0..<graph.count).filter { _ in Int.random(in: 0..<5, using: &random) == 0 })
    let signal = signal()
    let inputs = replaced.map { ("s\($0).out", StepInput(artifacts: [artifact("\($0)")])) }
    let given = Signal(
      name: "s", point: [:],
      inputs: signal.inputs.merging(inputs) { $1 })
    // By recursion from the ends: steps that nobody took anything from, and are not replaced.
    let taken = Set(graph.predecessors.flatMap(\.self))
    var expected: Set<Int> = []
    func want(_ step: Int) {
      guard !replaced.contains(step), expected.insert(step).inserted else { return }
      graph.predecessors[step].forEach(want)
    }
    (0..<graph.count).filter { !taken.contains($0) }.forEach(want)
    guard !expected.isEmpty else {
      #expect(throws: InvalidSpecification.self) {
        try Plan(analysis, files: [:], signal: given, catalog: .test)
      }
      return
    }
    let plan = try Plan(analysis, files: [:], signal: given, catalog: .test)
    #expect(Set(plan.steps.map(\.id)) == Set(expected.map { "s\($0)" }))
    for step in plan.steps {
      #expect(step.predecessors.allSatisfy { !replaced.map { "s\($0)" }.contains($0) })
    }
  }

  @Test("a long chain is left out in time")
  func chain() throws {
    var yaml = "schema: 1\nanalysis: a\ntitle: t\nsignal: {}\nsteps:\n  - {id: s0, kind: merge}\n"
    for step in 1..<5000 {
      yaml += "  - {id: s\(step), kind: merge, inputs: {in0: s\(step - 1).out}}\n"
    }
    let plan = try Plan(
      analysis(yaml), files: [:], signal: signal("s4998.out"), catalog: .test)
    #expect(plan.steps.map(\.id) == ["s4999"])
  }
}
