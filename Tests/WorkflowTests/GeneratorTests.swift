// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Testing
import Workflow

@Suite("Generators")
struct GeneratorTests {
  let place: FamilyFolder

  init() throws {
    place = try FamilyFolder()
    try place.folder.write("print()", to: "tools/generate.py")
  }

  private let generator = """
    generator:
      arguments: [python3, "{file.tools/generate.py}", "--m={m}", "{seed}", "{output.events}", "{}", "{a b}"]
      files: [tools/generate.py]
      outputs:
        events: {path: out/events.root, type: events}
        cross_section_pb: {path: xsec.json}
      events: {format: root, tree: Events, columns: {Jet_pt: jet_pt}, entries: 2000}
      time_limit: 60

    """

  private func plan(
    _ signal: Signal, seed: UInt64 = 0, _ specification: AnalysisSpecification? = nil
  )
    throws -> Plan
  {
    let background = Artifact(digest: Fingerprint(of: Data("b".utf8)), byteCount: 1, mediaType: "x")
    return try Plan(
      specification ?? analysis(), files: ["data/background.json": background], signal: signal,
      seed: seed, catalog: .testWithCommand)
  }

  private func parameters(_ step: PlannedStep) throws -> Command.Parameters {
    try JSONDecoder().decode(Command.Parameters.self, from: step.parameters)
  }

  @Test("a generator becomes the first step of the plan, and events come with how to read them")
  func plan() throws {
    let family = try place.family(generator, for: analysis())
    let signal = try family.signal(at: ["m": 1400])
    #expect(signal.inputs.keys.sorted() == ["file.tools/generate.py"])
    let plan = try plan(signal, seed: 5)
    #expect(plan.steps.map(\.id) == ["generate", "select", "model", "limit"])
    let step = plan.steps[0]
    #expect(step.kind == "command" && step.kindVersion == 7 && step.dependsOnSignal)
    #expect(step.predecessors.isEmpty)
    let parameters = try parameters(step)
    #expect(
      parameters.arguments == [
        "python3", "{input.tools/generate.py}", "--m=1400", "5", "{output.events}", "{}", "{a b}",
      ])
    #expect(parameters.inputs == ["tools/generate.py"])
    #expect(parameters.outputs == ["events": "events", "cross_section_pb": "cross-section"])
    #expect(parameters.timeLimit == 60)
    let script = try #require(signal.inputs["file.tools/generate.py"])
    #expect(step.inputs == ["tools/generate.py": .resolved(script)])

    let descriptor = EventsDescriptor(
      format: "root", tree: "Events", renames: ["Jet_pt": "jet_pt"], entries: 2000)
    #expect(
      plan.steps[1].inputs["events"]
        == .output(step: "generate", name: "events", value: try CanonicalJSON.data(descriptor)))
    #expect(plan.steps[1].predecessors == ["generate"])
    #expect(
      plan.steps[2].inputs["cross_section_pb"]
        == .output(step: "generate", name: "cross_section_pb"))
    #expect(plan.steps[2].predecessors == ["generate", "select"])
    #expect(
      plan.steps[1].components["input.events"]
        == "\(step.fingerprint).events.\(Fingerprint(of: try CanonicalJSON.data(descriptor)))")
  }

  @Test("the step's fingerprint has point, seed and files, and neither name nor family")
  func fingerprints() throws {
    func steps(
      _ yaml: String, m: Double = 1400, named: String? = nil, seed: UInt64 = 0
    ) throws -> [Fingerprint] {
      let family = try place.family(yaml, for: analysis())
      return try plan(family.signal(at: ["m": m], named: named), seed: seed).steps
        .map(\.fingerprint)
    }
    let original = try steps(generator)
    #expect(try steps(generator, named: "other") == original)
    #expect(try steps("# words\n" + generator) == original)
    for changed in [
      try steps(generator, m: 1400.5), try steps(generator, seed: 1),
      try steps(generator.replacingOccurrences(of: "--m=", with: "--mass=")),
    ] {
      #expect(Set(changed).isDisjoint(with: original))
    }
    // How events are read is no matter of the program's.
    let read = try steps(generator.replacingOccurrences(of: "entries: 2000", with: "entries: 1"))
    #expect(read[0] == original[0] && read[1] != original[1])
    try place.folder.write("print(1)", to: "tools/generate.py")
    #expect(Set(try steps(generator)).isDisjoint(with: original))
  }

  @Test("a signal of one point may have a generator")
  func onePoint() throws {
    let yaml = "schema: 1\nsignal: s\npoint: {m: 0.1}\n" + generator
    let signal = try Signal(yaml: yaml, file: place.file, for: analysis(), store: place.store)
    #expect(signal.generator?.arguments[2] == "--m=0.1")
    #expect(try JSONDecoder().decode(Signal.self, from: CanonicalJSON.data(signal)) == signal)
    let family = try place.family(generator, for: analysis())
    #expect(try family.signal(at: ["m": 0.1], named: "s") == signal)
    let bare = Signal(name: "s", point: [:], inputs: [:])
    #expect(!(try CanonicalJSON.text(bare).contains("generator")))
  }

  @Test("an analysis with a step 'generate' keeps it")
  func nameTaken() throws {
    let taken = try analysis(replacing: ["id: select": "id: generate", "select.": "generate."])
    let signal = try place.family(generator, for: taken).signal(at: ["m": 1])
    let plan = try plan(signal, taken)
    #expect(plan.steps.map(\.id) == ["generate-signal", "generate", "model", "limit"])
    #expect(plan.steps[1].predecessors == ["generate-signal"])
  }

  @Test(
    "one mistake, one sentence with its place",
    arguments: [
      (
        "{m}", "{mm}",
        """
        signal.yaml:4:3: generator: the parameter 'm' of the scan is in no argument, so that the \
        events would not depend on it; pass it as '{m}'
        signal.yaml:4:52: generator.arguments[2]: '{mm}': there is no parameter 'mm' (did you mean \
        'm'?)
        """
      ),
      (
        "{file.tools/generate.py}", "{file.generate.py}",
        "signal.yaml:4:24: generator.arguments[1]: '{file.generate.py}': there is no file "
          + "'generate.py' (files: tools/generate.py)"
      ),
      (
        "{output.events}", "{output.event}",
        "signal.yaml:4:73: generator.arguments[4]: '{output.event}': there is no output 'event' "
          + "(did you mean 'events'?)"
      ),
      (
        "{output.events}", "{input.events}",
        "signal.yaml:4:73: generator.arguments[4]: '{input.events}': a generator has no inputs; "
          + "its files are '{file.PATH}'"
      ),
      (
        "files: [tools/generate.py]", "files: [tools/generate.py, /etc/passwd]",
        "signal.yaml:5:30: generator.files[1]: '/etc/passwd' is not relative to the folder; put "
          + "the file beside the signal file"
      ),
      (
        "files: [tools/generate.py]", "files: [tools/generate.py, tools/generate.py]",
        "signal.yaml:5:30: generator.files[1]: the same file again"
      ),
      (
        "path: out/events.root", "path: ../events.root",
        "signal.yaml:7:20: generator.outputs.events.path: '../events.root' leaves the folder; it is "
          + "written where it runs"
      ),
      (
        "path: xsec.json", "path: out/events.root",
        "signal.yaml:8:30: generator.outputs.cross_section_pb.path: another output has the same "
          + "path; give each its own"
      ),
      (
        "type: events", "type: file",
        "signal.yaml:7:43: generator.outputs.events.type: the type of 'events' is 'events', not "
          + "'file'"
      ),
      (
        "cross_section_pb: {path", "yields: {path",
        "signal.yaml:8:5: generator.outputs.yields: 'yields' is no part of a signal that a program "
          + "makes (it can make: events, cross_section_pb)"
      ),
      (
        "format: root, ", "",
        "signal.yaml:9:11: generator.events: 'format' is missing"
      ),
      (
        "format: root, ", "format: root, files: [a.root], ",
        "signal.yaml:9:26: generator.events.files: the files are the program's output 'events'; "
          + "remove this"
      ),
      (
        "  events: {format: root, tree: Events, columns: {Jet_pt: jet_pt}, entries: 2000}\n", "",
        "signal.yaml:4:3: generator: 'events' is missing, which says how the program's events are "
          + "read, as in 'events: {format: root, tree: Events}'"
      ),
      (
        "    events: {path: out/events.root, type: events}\n", "",
        "signal.yaml:8:3: generator.events: the program has no output 'events' to be read"
      ),
      (
        "time_limit: 60", "time_limit: 0",
        "signal.yaml:10:15: generator.time_limit: must be between 0.001 and 2592000, not 0"
      ),
      (
        "generator:", "cross_section_pb: 1\ngenerator:",
        "signal.yaml:5:3: generator: the generator makes 'cross_section_pb', and the family gives "
          + "one besides; remove one of them"
      ),
      (
        "    cross_section_pb: {path: xsec.json}\n", "",
        "signal.yaml:1:1: 'cross_section_pb' is missing, which the analysis requires of a signal "
          + "and this source does not give"
      ),
    ])
  func mistakes(_ old: String, _ new: String, _ expected: String) throws {
    #expect(generator.contains(old))
    let refusal = place.problems(
      generator.replacingOccurrences(of: old, with: new), for: try analysis())
    #expect(refusal?.contains(expected) == true, "\(refusal ?? "nothing")")
    #expect(try place.store.digests().isEmpty)
  }

  @Test("a signal without a point, and one that brings what its generator makes")
  func wrongSignals() throws {
    func problems(_ head: String) -> String? {
      FamilyFolder.sentence {
        _ = try Signal(
          yaml: "schema: 1\nsignal: s\n\(head)" + generator, file: place.file, for: analysis())
      }
    }
    #expect(
      problems("")?.contains(
        "signal.yaml:3:1: generator: a generator makes the events of a point; give the signal a "
          + "'point', or put the generator into the signal of a scan") == true)
    #expect(
      problems("point: {m: 1}\ncross_section_pb: 2\n")
        == "signal.yaml:6:3: generator: the signal has 'cross_section_pb' beside the generator's")
    #expect(problems("point: {n: 1, m: 2}\n") == nil, "not every parameter must be passed on")
  }

  @Test("what a program lacks is said before anything runs")
  func lacking() throws {
    let family = try place.family(generator, for: analysis())
    #expect(
      FamilyFolder.sentence { _ = try family.signal(at: ["n": 1]) }
        == "the generator needs 'm', which the point does not have")
    let signal = try family.signal(at: ["m": 1])
    let bare = Signal(name: "s", point: [:], inputs: [:], generator: signal.generator)
    #expect(
      FamilyFolder.sentence { _ = try plan(bare) }
        == "step 'generate': the signal 's' lacks the generator's file 'tools/generate.py'")
    #expect(
      FamilyFolder.sentence {
        _ = try Plan(analysis(), files: [:], signal: signal, catalog: .test)
      } == "step 'generate': this program has no kind of step 'command'")
  }

  @Test("what the kind refuses is told with the place in the generator")
  func refusedByKind() throws {
    let family = try place.family(
      generator.replacingOccurrences(of: "[python3", with: "[forbidden"), for: analysis())
    #expect(
      FamilyFolder.sentence { _ = try plan(family.signal(at: ["m": 1], named: "s")) }
        == "signal 's':1:1: generator: this program may not be run")
  }

  @Test(
    "values of parameters are spelt as short as they are",
    arguments: [(1400.0, "1400"), (-0.1, "-0.1"), (1e-5, "1e-05"), (1e22, "1e+22"), (0, "0")])
  func numbers(_ value: Double, _ text: String) throws {
    let family = try place.family(generator, for: analysis())
    let signal = try family.signal(at: ["m": value])
    #expect(signal.generator?.arguments[2] == "--m=\(text)")
    #expect(Double(text) == value)
  }
}
