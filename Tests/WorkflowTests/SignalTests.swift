// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Testing
import Workflow

@Suite("signal.yaml")
struct SignalTests {
  let folder: TemporaryFolder
  let store: ArtifactStore

  init() throws {
    folder = try TemporaryFolder()
    store = try ArtifactStore(directory: folder.url.appendingPathComponent("objects"))
    try folder.write("first", to: "signals/a.root")
    try folder.write("second", to: "signals/more/b.root")
    try folder.write("[]", to: "signals/p.json")
  }

  private func signal(_ yaml: String, for analysis: AnalysisSpecification) throws -> Signal {
    let file = URL(
      fileURLWithPath: "signals/s.yaml", relativeTo: URL(fileURLWithPath: folder.url.path + "/"))
    return try Signal(yaml: yaml, file: file, for: analysis, store: store)
  }

  private func problems(_ yaml: String, for analysis: AnalysisSpecification) -> String? {
    do {
      _ = try signal(yaml, for: analysis)
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func declaring(_ signal: String) throws -> AnalysisSpecification {
    try analysis(
      "schema: 1\nanalysis: a\ntitle: t\nsignal: \(signal)\nsteps:\n  - {id: a, kind: merge}\n")
  }

  private let valid = """
    schema: 1
    signal: sqsq_1400_0
    point: {m_sq_gev: 1400, m_lsp_gev: 0}
    cross_section_pb: {value: 0.0023, uncertainty: 0.0002, k_factor: 1.5, branching_ratio: 0.5}
    events:
      files: [a.root, more/b.root]
      format: root
      tree: Events
      columns: {Jet_pt: jet_pt, nJet: jet_n}
      sum_of_weights: {weight: 2000}
      entries: 5000

    """

  @Test("everything that is written is there, and the files are in the store")
  func events() throws {
    let signal = try signal(valid, for: analysis())
    #expect(signal.name == "sqsq_1400_0")
    #expect(signal.point == ["m_sq_gev": 1400, "m_lsp_gev": 0])
    #expect(Set(signal.inputs.keys) == ["events", "cross_section_pb"])
    let events = try #require(signal.inputs["events"])
    #expect(events.artifacts.map(\.mediaType) == ["application/x-root", "application/x-root"])
    #expect(
      try events.artifacts.map { String(decoding: try store.data(for: $0), as: UTF8.self) }
        == ["first", "second"])
    #expect(
      try JSONDecoder().decode(EventsDescriptor.self, from: #require(events.value))
        == EventsDescriptor(
          format: "root", tree: "Events", renames: ["Jet_pt": "jet_pt", "nJet": "jet_n"],
          sumOfWeights: ["weight": 2000], entries: 5000))
    let value = try #require(signal.inputs["cross_section_pb"]?.value)
    let crossSection = try JSONDecoder().decode(CrossSection.self, from: value)
    #expect(
      crossSection
        == CrossSection(
          picobarns: 0.0023, uncertainty: 0.0002, kFactor: 1.5, branchingRatio: 0.5))
    // σ·k·BR·L with the 1000 between pb and fb.
    #expect(
      abs(crossSection * Luminosity(inverseFemtobarns: 139) - 0.0023 * 0.75 * 139_000) < 1e-10)
    #expect(try JSONDecoder().decode(Signal.self, from: CanonicalJSON.data(signal)) == signal)
  }

  @Test("a signal that is only looked at is the same signal, and nothing is stored")
  func unstored() throws {
    let file = URL(
      fileURLWithPath: "signals/s.yaml", relativeTo: URL(fileURLWithPath: folder.url.path + "/"))
    let signal = try Signal(yaml: valid, file: file, for: analysis())
    #expect(try store.digests().isEmpty)
    #expect(try self.signal(valid, for: analysis()) == signal)
  }

  @Test("a bare number is a cross section")
  func bareCrossSection() throws {
    let signal = try signal(
      "schema: 1\nsignal: s\ncross_section_pb: 0.5\n",
      for: declaring("{cross_section_pb: optional}"))
    let value = try #require(signal.inputs["cross_section_pb"]?.value)
    #expect(
      try JSONDecoder().decode(CrossSection.self, from: value) == CrossSection(picobarns: 0.5))
  }

  @Test("yields with and without uncertainties")
  func yields() throws {
    let signal = try signal(
      "schema: 1\nsignal: s\nyields: {SR: [5.0, 10], CR: {values: [1], uncertainties: [0.5]}}\n",
      for: declaring("{yields: {SR: 2, CR: 1}}"))
    let value = try #require(signal.inputs["yields"]?.value)
    #expect(
      try JSONDecoder().decode(SignalYields.self, from: value)
        == SignalYields(regions: [
          "SR": .init(values: [5, 10]), "CR": .init(values: [1], uncertainties: [0.5]),
        ]))
    #expect(signal.inputs["yields"]?.artifacts == [])
  }

  @Test("a patch, or one patch of a patchset")
  func patches() throws {
    let analysis = try declaring("{patch: required}")
    let patch = try signal("schema: 1\nsignal: s\npatch: {file: p.json}\n", for: analysis)
    let set = try signal(
      "schema: 1\nsignal: s\npatchset: {file: p.json, patch: sq_1400}\n", for: analysis)
    for (signal, name) in [(patch, nil), (set, "sq_1400")] {
      let input = try #require(signal.inputs["patch"])
      #expect(input.artifacts.map(\.mediaType) == ["application/json"])
      #expect(
        try JSONDecoder().decode(PatchDescriptor.self, from: #require(input.value))
          == PatchDescriptor(patch: name))
    }
  }

  @Test(
    "one mistake, one sentence with its place",
    arguments: [
      (
        "cross_section_pb: {value: 0.0023, uncertainty: 0.0002, k_factor: 1.5, branching_ratio: 0.5}",
        "",
        "signals/s.yaml:1:1: 'cross_section_pb' is missing, which the analysis requires of a "
          + "signal: give it in picobarns, as in 'cross_section_pb: 0.0023'"
      ),
      (
        "branching_ratio: 0.5", "branching_ratio: 2",
        "signals/s.yaml:4:88: cross_section_pb.branching_ratio: must be greater than 0 and at "
          + "most 1, not 2"
      ),
      (
        "value: 0.0023", "value: 0",
        "signals/s.yaml:4:27: cross_section_pb.value: must be greater than 0, not 0"
      ),
      (
        "value: 0.0023, ", "",
        "signals/s.yaml:4:19: cross_section_pb: 'value' is missing"
      ),
      (
        "signal: sqsq_1400_0", "signal: 'sq sq'",
        "signals/s.yaml:2:9: signal: 'sq sq' must consist of letters, digits and . _ + -, "
          + "beginning with a letter or digit (at most 100)"
      ),
      (
        "m_lsp_gev: 0", "m-lsp: 0",
        "signals/s.yaml:3:25: point.m-lsp: 'm-lsp' must consist of letters, digits and "
          + "underscores, not beginning with a digit (at most 100)"
      ),
      (
        "m_lsp_gev: 0", "m_lsp_gev: heavy",
        "signals/s.yaml:3:36: point.m_lsp_gev: must be a number, not 'heavy'"
      ),
      (
        "more/b.root", "../a.root",
        "signals/s.yaml:6:19: events.files[1]: '../a.root' leaves the folder; put the file "
          + "beside the signal file"
      ),
      (
        "more/b.root", "/etc/passwd",
        "signals/s.yaml:6:19: events.files[1]: '/etc/passwd' is not relative to the folder; put "
          + "the file beside the signal file"
      ),
      (
        "more/b.root", "more/c.root",
        "signals/s.yaml:6:19: events.files[1]: there is no file 'more/c.root' (did you mean "
          + "'more/b.root'?)"
      ),
      (
        "more/b.root", "more",
        "signals/s.yaml:6:19: events.files[1]: 'more' is not a file"
      ),
      (
        "more/b.root", "a.root",
        "signals/s.yaml:6:19: events.files[1]: the same file again; its events would count twice"
      ),
      (
        "[a.root, more/b.root]", "[]",
        "signals/s.yaml:6:10: events.files: a signal has at least one event file"
      ),
      (
        "format: root", "fromat: root",
        """
        signals/s.yaml:6:3: events: 'format' is missing
        signals/s.yaml:7:3: events.fromat: unknown key 'fromat' (did you mean 'format'?)
        """
      ),
      (
        "Jet_pt: jet_pt", "Jet_Pt: jet_pt",
        "signals/s.yaml:9:13: events.columns.Jet_Pt: the analysis declares no column 'Jet_Pt' "
          + "(did you mean 'Jet_pt'?)"
      ),
      (
        "{weight: 2000}", "{wieght: 2000}",
        "signals/s.yaml:10:20: events.sum_of_weights.wieght: the analysis declares no column "
          + "'wieght' (did you mean 'weight'?)"
      ),
      (
        "{weight: 2000}", "2000",
        "signals/s.yaml:10:19: events.sum_of_weights: must be a mapping of weight columns to "
          + "sums, as in {weight: 2000}, not '2000'"
      ),
      (
        "entries: 5000", "entries: 0",
        "signals/s.yaml:11:12: events.entries: must be at least 1, not 0"
      ),
      (
        "events:", "yields: {SR: [1]}\nevents:",
        "signals/s.yaml:5:1: yields: the analysis does not take 'yields' from a signal (it takes: "
          + "events, cross_section_pb)"
      ),
      (
        "events:", "efficiency_map: {file: e.csv}\nevents:",
        "signals/s.yaml:5:1: efficiency_map: an efficiency map is read along a scan; put it into "
          + "the signal of a scan, without a 'point'"
      ),
      (
        "events:", "generator: {program: pythia}\nevents:",
        """
        signals/s.yaml:5:12: generator: 'arguments' is missing
        signals/s.yaml:5:12: generator: 'outputs' is missing
        signals/s.yaml:5:13: generator.program: unknown key 'program' (known: arguments, files, \
        outputs, events, time_limit)
        """
      ),
      (
        "events:", "patch: {file: p.json}\npatchset: {file: p.json, patch: x}\nevents:",
        """
        signals/s.yaml:5:1: patch: the analysis does not take 'patch' from a signal (it takes: \
        events, cross_section_pb)
        signals/s.yaml:6:1: patchset: a signal has 'patch' or 'patchset', not both
        """
      ),
    ])
  func mistakes(_ old: String, _ new: String, _ expected: String) throws {
    #expect(valid.contains(old))
    let yaml = valid.replacingOccurrences(of: old, with: new)
    let refusal = try problems(yaml, for: analysis())
    #expect(refusal == expected)
    #expect(try store.digests().isEmpty, "a refused signal stores nothing")
  }

  @Test("yields have the regions and bins that were declared")
  func wrongYields() throws {
    let analysis = try declaring("{yields: {SR_1: 2, SR_2: 1, CR: 1}}")
    let yaml = """
      schema: 1
      signal: s
      yields:
        SR1: [1, 2]
        SR_2: [1, 2]
        CR: {values: [x], uncertainties: [-1]}

      """
    #expect(
      problems(yaml, for: analysis)
        == """
        signals/s.yaml:4:3: yields: the region 'SR_1' is missing
        signals/s.yaml:4:3: yields.SR1: the analysis has no region 'SR1' (did you mean 'SR_1'?)
        signals/s.yaml:5:9: yields.SR_2: has 2 numbers, but the region has 1 bins
        signals/s.yaml:6:17: yields.CR.values[0]: must be a number, not 'x'
        signals/s.yaml:6:37: yields.CR.uncertainties[0]: must be at least 0, not -1
        """)
  }

  @Test("name and point are in the signal's fingerprint")
  func fingerprint() throws {
    let signals = try [
      valid, valid.replacingOccurrences(of: "sqsq_1400_0", with: "other"),
      valid.replacingOccurrences(of: "1400,", with: "1401,"),
    ]
    .map { try signal($0, for: analysis()).fingerprint() }
    #expect(Set(signals).count == 3)
    let reordered = valid.replacingOccurrences(
      of: "{m_sq_gev: 1400, m_lsp_gev: 0}", with: "{m_lsp_gev: 0.0, m_sq_gev: 1.4e3}")
    #expect(try signal(reordered, for: analysis()).fingerprint() == signals[0])
  }
}
