// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Testing
import Workflow

@Suite("Plans")
struct PlanTests {
  private static func artifact(_ text: String, _ mediaType: String = "a/b") -> Artifact {
    Artifact(
      digest: Fingerprint(of: Data(text.utf8)), byteCount: text.utf8.count, mediaType: mediaType)
  }

  private static func signal(
    _ name: String = "s", point: [String: Double] = [:], events: String = "events",
    crossSection: String = "1"
  ) -> Signal {
    Signal(
      name: name, point: point,
      inputs: [
        "events": StepInput(artifacts: [artifact(events)], value: Data("{}".utf8)),
        "cross_section_pb": StepInput(value: Data(crossSection.utf8)),
      ])
  }

  private let files = ["data/background.json": artifact("background")]

  private func fingerprints(
    _ replacements: [String: String] = [:], files: [String: Artifact]? = nil,
    signal: Signal = signal(), seed: UInt64 = 0, catalog: StepCatalog = .test
  ) throws -> [String: Fingerprint] {
    let plan = try Plan(
      analysis(replacing: replacements, catalog: catalog), files: files ?? self.files,
      signal: signal, seed: seed, catalog: catalog)
    return Dictionary(uniqueKeysWithValues: plan.steps.map { ($0.id, $0.fingerprint) })
  }

  /// Ids of the steps whose fingerprints differ from those of the unchanged analysis.
  private func changed(by other: [String: Fingerprint]) throws -> Set<String> {
    let original = try fingerprints()
    return Set(original.keys.filter { original[$0] != other[$0] })
  }

  @Test("a plan says what each step takes and what it depends on")
  func contents() throws {
    let plan = try Plan(
      analysis(), files: files, signal: Self.signal(), seed: 7, catalog: .test)
    #expect(plan.steps.map(\.id) == ["select", "model", "limit"])
    #expect(plan.steps.map(\.predecessors) == [[], ["select"], ["model"]])
    #expect(plan.steps.map(\.kindVersion) == [1, 1, 1])
    #expect(plan.steps.map(\.dependsOnSignal) == [true, true, true])
    #expect(plan.luminosity == 139)
    #expect(plan.seed == 7)
    let model = plan.steps[1]
    #expect(
      model.inputs["background"]
        == .resolved(StepInput(artifacts: [Self.artifact("background")])))
    #expect(model.inputs["yields"] == .output(step: "select", name: "yields"))
    #expect(
      Set(model.components.keys) == [
        "kind", "version", "parameters", "luminosity", "input.background", "input.yields",
        "input.cross_section_pb",
      ])
    #expect(model.components["kind"] == "signal-model")
    #expect(model.components["luminosity"] == "139")
    #expect(model.components["input.yields"] == "\(plan.steps[0].fingerprint).yields")
    #expect(plan.steps[2].components["seed"] == "7")
    #expect(plan.steps[0].components["seed"] == nil)
    #expect(model.fingerprint == (try Fingerprint(ofCanonicalJSON: model.components)))
  }

  @Test(
    "a change reaches the steps downstream of it and no others",
    arguments: [
      (["title: Squarks": "title: Quarks"], []), (["arXiv:2010.14293": "arXiv:1"], []),
      (["validate: {signals: signals/": "validate: {signals: other/"], []),
      (["level: 2": "level: 2.0"], []), (["level: 2": "level: 3"], ["select", "model", "limit"]),
      (["[a, b]": "[b, a]"], ["select", "model", "limit"]),
      (["luminosity_ifb: 139": "luminosity_ifb: 140"], ["model", "limit"]),
      (["id: limit": "id: upper"], ["limit"]),
      (["id: select": "id: choose", "select.yields": "choose.yields"], ["select"]),
      (["MET_pt: float": "MET_pt: double"], []),
    ] as [([String: String], Set<String>)])
  func locality(_ replacements: [String: String], _ expected: Set<String>) throws {
    #expect(try changed(by: fingerprints(replacements)) == expected)
  }

  @Test("bytes, values and seed reach the steps that use them")
  func inputs() throws {
    let background = ["data/background.json": Self.artifact("other")]
    #expect(try changed(by: fingerprints(files: background)) == ["model", "limit"])
    let media = ["data/background.json": Self.artifact("background", "c/d")]
    #expect(try changed(by: fingerprints(files: media)).isEmpty)
    let more = files.merging(["README.md": Self.artifact("words")]) { $1 }
    #expect(try changed(by: fingerprints(files: more)).isEmpty)
    #expect(
      try changed(by: fingerprints(signal: Self.signal(events: "others")))
        == ["select", "model", "limit"])
    #expect(
      try changed(by: fingerprints(signal: Self.signal(crossSection: "2"))) == ["model", "limit"])
    let renamed = Self.signal("other", point: ["m": 1])
    #expect(try changed(by: fingerprints(signal: renamed)).isEmpty)
    #expect(try changed(by: fingerprints(seed: 1)) == ["limit"])
  }

  @Test("a kind's version reaches its steps and those downstream")
  func kindVersion() throws {
    let merges = DAG(seed: 3, count: 20).yaml()
    let older = try plan(merges, catalog: StepCatalog([Merge()]))
    let newer = try plan(merges, catalog: StepCatalog([NewerMerge()]))
    #expect(Set(older.steps.map(\.fingerprint)).isDisjoint(with: newer.steps.map(\.fingerprint)))
    #expect(Set(newer.steps.map { $0.components["version"] }) == ["2"])
  }

  @Test("the run's identity has version, signal and seed")
  func identity() throws {
    func identity(
      _ replacements: [String: String] = [:], signal: Signal = Self.signal(), seed: UInt64 = 0
    ) throws -> Fingerprint {
      try Plan(
        analysis(replacing: replacements), files: files, signal: signal, seed: seed,
        catalog: .test
      ).fingerprint
    }
    let original = try identity()
    #expect(try identity() == original)
    #expect(try identity(["schema: 1\n": "schema: 1 # words\n"]) == original)
    #expect(try identity(["title: Squarks": "title: Quarks"]) != original)
    #expect(try identity(signal: Self.signal("other")) != original)
    #expect(try identity(seed: 1) != original)
  }

  @Test("a version's identity has everything but layout")
  func versionFingerprint() throws {
    let original = try analysis().fingerprint(files: files)
    func other(_ replacements: [String: String]) throws -> Fingerprint {
      try analysis(replacing: replacements).fingerprint(files: files)
    }
    #expect(try other(["schema: 1\n": "schema: 1 # comment\n\n"]) == original)
    #expect(
      try other(["{level: 2, cuts: [a, b]}": "\n      cuts: [a, b]\n      level: 2"]) == original)
    #expect(try other(["title: Squarks": "title: Quarks"]) != original)
    #expect(try other(["expected/*.yaml": "wanted/*.yaml"]) != original)
    #expect(try other(["level: 2": "level: 3"]) != original)
    let readme = files.merging(["README.md": Self.artifact("words")]) { $1 }
    #expect(try analysis().fingerprint(files: readme) != original)
    let itself = files.merging(["analysis.yaml": Self.artifact(validAnalysis)]) { $1 }
    #expect(try analysis().fingerprint(files: itself) == original)
  }

  @Test("what is missing is said")
  func missing() throws {
    func message(_ body: () throws -> Plan) -> String? {
      do {
        _ = try body()
        return nil
      } catch {
        return "\(error)"
      }
    }
    let analysis = try analysis()
    #expect(
      message { try Plan(analysis, files: [:], signal: Self.signal(), catalog: .test) }
        == "analysis.yaml:14:5: step 'model': the file 'data/background.json' was not stored with "
        + "the analysis")
    let bare = Signal(name: "bare", point: [:], inputs: [:])
    #expect(
      message { try Plan(analysis, files: files, signal: bare, catalog: .test) }
        == "analysis.yaml:10:5: step 'select': the signal 'bare' has no 'events'")
    #expect(
      message {
        try Plan(analysis, files: files, signal: Self.signal(), catalog: StepCatalog([]))
      } == "analysis.yaml:10:5: step 'select': this program has no kind of step 'selection'")
  }

  @Test("an optional part that the signal lacks is no input")
  func optionalPart() throws {
    let optional = try analysis(replacing: [
      "cross_section_pb: required": "cross_section_pb: optional"
    ])
    let events = Signal(
      name: "s", point: [:], inputs: Self.signal().inputs.filter { $0.key == "events" })
    let without = try Plan(optional, files: files, signal: events, catalog: .test)
    let with = try Plan(optional, files: files, signal: Self.signal(), catalog: .test)
    #expect(Set(without.steps[1].inputs.keys) == ["background", "yields"])
    #expect(without.steps[0].fingerprint == with.steps[0].fingerprint)
    #expect(without.steps[1].fingerprint != with.steps[1].fingerprint)
  }

  @Test("random graphs: order, locality, indifference to the order of steps", arguments: 0..<25)
  func properties(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let graph = DAG(seed: seed, count: Int.random(in: 2...40, using: &random))
    let plan = try plan(graph.yaml())
    var place: [String: Int] = [:]
    for (index, step) in plan.steps.enumerated() {
      place[step.id] = index
      for predecessor in step.predecessors {
        #expect(try #require(place[predecessor]) < index, "\(predecessor) before \(step.id)")
      }
    }
    #expect(place.count == graph.count)

    let original = byID(plan)
    let shuffled = try self.plan(graph.yaml(order: (0..<graph.count).shuffled(using: &random)))
    #expect(byID(shuffled) == original)
    #expect(shuffled.fingerprint == plan.fingerprint)

    let step = Int.random(in: 0..<graph.count, using: &random)
    let changed = byID(try self.plan(graph.yaml(changing: step)))
    let different = Set(original.keys.filter { original[$0] != changed[$0] })
    #expect(different == Set(graph.downstream(of: step).map { "s\($0)" }))
  }

  private func plan(_ yaml: String, catalog: StepCatalog = .test) throws -> Plan {
    try Plan(
      analysis(yaml, catalog: catalog), files: [:],
      signal: Signal(name: "s", point: [:], inputs: [:]), catalog: catalog)
  }

  private func byID(_ plan: Plan) -> [String: Fingerprint] {
    Dictionary(uniqueKeysWithValues: plan.steps.map { ($0.id, $0.fingerprint) })
  }
}

/// A random graph of steps of the kind `merge`.
struct DAG {
  let count: Int
  /// For each step, those before it that it takes an input from.
  let predecessors: [[Int]]

  init(seed: UInt64, count: Int) {
    var random = SeededGenerator(seed: seed &+ 1000)
    self.count = count
    predecessors = (0..<count).map { step in
      (0..<step).shuffled(using: &random).prefix(Int.random(in: 0...4, using: &random)).sorted()
    }
  }

  /// The step and all that depend on it.
  func downstream(of step: Int) -> Set<Int> {
    var reached: Set = [step]
    for later in step..<count where !reached.isDisjoint(with: predecessors[later]) {
      reached.insert(later)
    }
    return reached
  }

  /// The graph as an analysis; steps differ in their parameters, and one may be changed.
  func yaml(order: [Int]? = nil, changing changed: Int? = nil) -> String {
    let steps = (order ?? Array(0..<count)).map { step in
      let inputs = predecessors[step].enumerated().map { "in\($0.offset): s\($0.element).out" }
      let cut = step == changed ? "changed" : "cut\(step)"
      return "  - {id: s\(step), kind: merge, inputs: {\(inputs.joined(separator: ", "))}, "
        + "parameters: {cuts: [\(cut)]}}"
    }
    return "schema: 1\nanalysis: a\ntitle: t\nsignal: {}\nsteps:\n"
      + steps.joined(separator: "\n") + "\n"
  }
}
