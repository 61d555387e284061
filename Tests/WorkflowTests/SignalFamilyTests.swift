// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Testing
import Workflow

/// A folder with the signal file of a scan, and what it says when it is read.
struct FamilyFolder {
  let folder: TemporaryFolder
  let store: ArtifactStore

  init() throws {
    folder = try TemporaryFolder()
    store = try ArtifactStore(directory: folder.url.appendingPathComponent("objects"))
    try folder.write(
      "m,region,entries,efficiency,uncertainty\n1,SR,10,0.1,0.03\n2,SR,20,0.2,0.03\n",
      to: "e.csv")
    try folder.write("m,cross_section_pb\n1,4\n3,1\n", to: "x.csv")
  }

  var file: URL {
    URL(fileURLWithPath: "signal.yaml", relativeTo: URL(fileURLWithPath: folder.url.path + "/"))
  }

  func family(
    _ yaml: String, for analysis: AnalysisSpecification, parameters: [String]? = ["m"]
  ) throws -> SignalFamily {
    try SignalFamily(
      yaml: "schema: 1\nsignal: squark\n" + yaml, file: file, for: analysis,
      parameters: parameters, store: store)
  }

  func problems(
    _ yaml: String, for analysis: AnalysisSpecification, parameters: [String]? = ["m"]
  ) -> String? {
    FamilyFolder.sentence { _ = try family(yaml, for: analysis, parameters: parameters) }
  }

  static func sentence(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return "\(error)"
    }
  }

  static func declaring(_ signal: String) throws -> AnalysisSpecification {
    try analysis(
      "schema: 1\nanalysis: a\ntitle: t\nsignal: \(signal)\nsteps:\n  - {id: a, kind: merge}\n")
  }
}

@Suite("Signals of scans")
struct SignalFamilyTests {
  let place: FamilyFolder

  init() throws { place = try FamilyFolder() }

  private let map = """
    cross_section_pb: {table: x.csv, k_factor: 2}
    efficiency_map: {file: e.csv, replaces: select.yields}

    """

  @Test("an efficiency map: its file is kept, its signals bring what is interpolated")
  func efficiencyMap() throws {
    let family = try place.family(map, for: analysis())
    guard case .efficiencyMap(let efficiencies) = family.source else {
      Issue.record("not a map")
      return
    }
    #expect(efficiencies.replaces == "select.yields")
    #expect(efficiencies.parameters == ["m"])
    #expect(family.pool == nil)
    #expect(family.files.keys.sorted() == ["cross_section_pb", "efficiency_map"])
    for artifact in family.files.values { #expect(place.store.contains(artifact.digest)) }
    let csv = String(decoding: try place.store.data(for: efficiencies.file), as: UTF8.self)
    #expect(try EfficiencyTable(csv: csv, file: "e.csv").points == [[1], [2]])

    let yields = StepInput(artifacts: [efficiencies.file])
    let signal = try family.signal(at: ["m": 1.5], replacement: yields)
    #expect(signal.name == "squark_1.5" && signal.point == ["m": 1.5])
    #expect(signal.inputs["select.yields"] == yields)
    let value = try #require(signal.inputs["cross_section_pb"]?.value)
    let crossSection = try JSONDecoder().decode(CrossSection.self, from: value)
    // log σ is linear from log 4 to log 1 over 1…3.
    #expect(abs(crossSection.value - pow(4, 0.75)) < 1e-14 && crossSection.kFactor == 2)
    #expect(
      FamilyFolder.sentence { _ = try family.signal(at: ["m": 1]) }
        == "the efficiency map gives 'select.yields' when it is interpolated, and it was not")
    #expect(
      FamilyFolder.sentence { _ = try family.signal(at: ["m": 4], replacement: yields) }
        == "m = 4 lies outside of the table of cross sections, which goes from 1 to 3")
    #expect(try JSONDecoder().decode(SignalFamily.self, from: CanonicalJSON.data(family)) == family)
  }

  @Test("the steps that are left are told before any point is there")
  func steps() throws {
    let family = try place.family(map, for: analysis())
    #expect(try family.steps(of: analysis()) == ["model", "limit"])
    let other = try analysis(replacing: ["id: select": "id: choose", "select.y": "choose.y"])
    #expect(
      FamilyFolder.sentence { _ = try family.steps(of: other) }?.contains("has no step 'select'")
        == true)
    try place.folder.write("", to: "g.py")
    let generator = try place.family(
      "cross_section_pb: 1\ngenerator: {arguments: [g, '{m}'], outputs: {events: {path: e}}, "
        + "events: {format: root}}\n", for: analysis())
    #expect(try generator.steps(of: analysis()) == ["select", "model", "limit"])
  }

  @Test("a family that is only looked at is the same, and nothing is stored")
  func unstored() throws {
    let looked = try SignalFamily(
      yaml: "schema: 1\nsignal: squark\n" + map, file: place.file, for: analysis(),
      parameters: ["m"])
    #expect(try place.store.digests().isEmpty)
    let family = try place.family(map, for: analysis())
    #expect(family == looked)
    #expect(try family.fingerprint() == looked.fingerprint())
  }

  @Test(
    "one mistake, one sentence with its place",
    arguments: [
      (
        "select.yields", "selct.yields",
        "signal.yaml:4:41: efficiency_map.replaces: the analysis 'squark-multijet' has no step "
          + "'selct' (did you mean 'select'?)"
      ),
      (
        "select.yields", "select.yield",
        "signal.yaml:4:41: efficiency_map.replaces: 'select.yield' is not an output of step "
          + "'select' (did you mean 'yields'?)"
      ),
      (
        "select.yields", "select.histogram",
        "signal.yaml:4:41: efficiency_map.replaces: 'select.histogram' is json, and an efficiency "
          + "map gives yields"
      ),
      (
        "select.yields", "signal.yields",
        "signal.yaml:4:41: efficiency_map.replaces: 'signal.yields' is no output of a step: write "
          + "STEP.OUTPUT, as in select.yields"
      ),
      (
        "e.csv", "../e.csv",
        "signal.yaml:4:24: efficiency_map.file: '../e.csv' leaves the folder; put the file beside "
          + "the signal file"
      ),
      (
        "file: e.csv, ", "",
        "signal.yaml:4:17: efficiency_map: 'file' is missing"
      ),
      (
        "cross_section_pb: {table: x.csv, k_factor: 2}\n", "",
        "signal.yaml:1:1: 'cross_section_pb' is missing, which the analysis requires of a signal "
          + "and this source does not give"
      ),
      (
        "efficiency_map: {file: e.csv, replaces: select.yields}\n", "",
        "signal.yaml:1:1: the signal of a scan has one of efficiency_map, signals, patchset, "
          + "generator, and this has none"
      ),
      (
        "efficiency_map: {", "point: {m: 1}\nefficiency_map: {",
        "signal.yaml:4:1: point: 'point' belongs to a signal of one point; the signal of a scan "
          + "has a source of signals at every point"
      ),
      (
        "efficiency_map: {", "signals: s/*.yaml\nefficiency_map: {",
        "signal.yaml:1:1: the signal of a scan has one of efficiency_map, signals, patchset, "
          + "generator, not efficiency_map and signals"
      ),
      (
        "efficiency_map: {", "efficiency_maps: {",
        "signal.yaml:4:1: efficiency_maps: unknown key 'efficiency_maps' (did you mean "
          + "'efficiency_map'?)"
      ),
      (
        "x.csv", "e.csv",
        "e.csv:1:1: the column 'cross_section_pb' is missing"
      ),
    ])
  func mistakes(_ old: String, _ new: String, _ expected: String) throws {
    #expect(map.contains(old))
    let refusal = place.problems(
      map.replacingOccurrences(of: old, with: new), for: try analysis())
    #expect(refusal?.contains(expected) == true, "\(refusal ?? "nothing")")
    #expect(try place.store.digests().isEmpty, "a refused family stores nothing")
  }

  @Test("problems of the file and of its tables are told at once")
  func atOnce() throws {
    try place.folder.write(
      "m,region,entries,efficiency,uncertainty\n1,SR,x,0.1,0.03\n", to: "e.csv")
    try place.folder.write("n,cross_section_pb\n1,0\n2,1\n", to: "x.csv")
    #expect(
      place.problems(map + "colour: red\n", for: try analysis()) == """
        e.csv:2:6: entries: must be a whole number, not 'x'
        signal.yaml:5:1: colour: unknown key 'colour' (known: schema, signal, cross_section_pb, \
        efficiency_map, signals, patchset, generator)
        x.csv:1:1: 'n' is not a parameter of the scan (did you mean 'm'?)
        x.csv:2:3: cross_section_pb: must be greater than 0, not 0
        """)
  }

  @Test("a name is cut rather than refused, and coordinates are in the order of their names")
  func names() throws {
    let family = try place.family(
      "cross_section_pb: 1\nefficiency_map: {file: e.csv, replaces: select.yields}\n",
      for: analysis())
    let signal = try family.signal(
      at: ["m": -2.5, "a": 1e21], replacement: StepInput(value: Data("{}".utf8)))
    #expect(signal.name == "squark_1e+21_-2.5")
    let own = try family.signal(
      at: ["m": 1], named: "mine", replacement: StepInput(value: Data("{}".utf8)))
    #expect(own.name == "mine")
  }
}

@Suite("Pools of signals")
struct SignalPoolTests {
  let place: FamilyFolder

  init() throws {
    place = try FamilyFolder()
    for (name, m, n) in [("a", 800, 0), ("b", 1000, 0), ("c", 1000, 200)] {
      try place.folder.write("events of \(name)", to: "points/\(name).root")
      try place.folder.write(
        "schema: 1\nsignal: \(name)\npoint: {m: \(m), n: \(n)}\n"
          + "events: {files: [\(name).root], format: root}\n", to: "points/\(name).yaml")
    }
  }

  private func family(_ source: String) throws -> SignalFamily {
    try place.family("cross_section_pb: 0.5\n" + source, for: analysis(), parameters: ["m", "n"])
  }

  private func problems(_ source: String, parameters: [String]? = ["m", "n"]) throws -> String? {
    place.problems("cross_section_pb: 0.5\n" + source, for: try analysis(), parameters: parameters)
  }

  @Test("exact: the points are those of the members")
  func exact() throws {
    let family = try family("signals: points/*.yaml\n")
    #expect(
      family.pool == [["m": 800, "n": 0], ["m": 1000, "n": 0], ["m": 1000, "n": 200]])
    // Coordinates come from the unit cube, with the errors of rounding.
    let signal = try family.signal(at: ["m": 1000 * (1 + 1e-15), "n": 200 - 1e-12])
    #expect(signal.name == "c" && signal.point == ["m": 1000, "n": 200])
    #expect(Set(signal.inputs.keys) == ["events", "cross_section_pb"])
    let events = try #require(signal.inputs["events"]?.artifacts.first)
    #expect(String(decoding: try place.store.data(for: events), as: UTF8.self) == "events of c")
    #expect(
      FamilyFolder.sentence { _ = try family.signal(at: ["m": 1000, "n": 100]) }
        == "'squark' has no member at m = 1000, n = 100; the nearest is at m = 1000, n = 0; write "
        + "'match: nearest' to take it")
    #expect(family.files.count == 3)
  }

  @Test("nearest: each parameter is measured in its range")
  func nearest() throws {
    let family = try family("signals: {files: points/?.yaml, match: nearest}\n")
    #expect(family.pool == nil)
    func name(_ m: Double, _ n: Double, _ parameters: [ScanParameter] = []) throws -> String {
      try family.signal(at: ["m": m, "n": n], parameters: parameters).name
    }
    #expect(try name(810, 40) == "a")
    #expect(try name(990, 150) == "c")
    // Half way between a and b the first is taken.
    #expect(try name(900, 0) == "a")
    // In a range of n that is ten times as wide, c is nearer to this point than a and b are.
    let wide = [
      ScanParameter(name: "m", lower: 800, upper: 1000),
      ScanParameter(name: "n", lower: 0, upper: 2000),
    ]
    #expect(try name(1000, 90) == "b" && name(905, 90) == "b")
    #expect(try name(905, 110, wide) == "c" && name(890, 110, wide) == "a")
    let logarithmic = [
      ScanParameter(name: "m", lower: 1, upper: 1000, isLogarithmic: true),
      ScanParameter(name: "n", lower: 0, upper: 1e9),
    ]
    // √(800·1000) = 894 is the middle in log m.
    #expect(try name(893, 0, logarithmic) == "a" && name(896, 0, logarithmic) == "b")
    #expect(
      FamilyFolder.sentence { _ = try family.signal(at: ["x": 1]) }
        == "the members of 'squark' have other parameters than x = 1")
  }

  @Test("members that are no members")
  func mistakes() throws {
    #expect(
      try problems("signals: point/*.yaml\n")
        == "signal.yaml:4:10: signals: no file matches 'point/*.yaml'")
    #expect(
      try problems("signals: ../*.yaml\n")
        == "signal.yaml:4:10: signals: '../*.yaml' leaves the folder; put the file beside the "
        + "signal file")
    #expect(
      try problems("signals: {files: points/a.yaml, match: near}\n")
        == "signal.yaml:4:40: signals.match: must be one of exact, nearest, not 'near'")
    #expect(
      try problems("signals: points/*.yaml\n", parameters: ["m", "o"])
        == "signal.yaml:4:10: signals: the point of 'a' has no 'o'\n"
        + "signal.yaml:4:10: signals: the point of 'b' has no 'o'\n"
        + "signal.yaml:4:10: signals: the point of 'c' has no 'o'")
    #expect(
      try problems("signals: points/*.yaml\n", parameters: ["m"])
        == "signal.yaml:4:10: signals: 'b' and 'c' are at the same point, m = 1000")
    let hidden = "schema: 1\nsignal: a\nevents: {files: [x.root], format: root}\n"
    try place.folder.write(hidden + "cross_section_pb: 1\n", to: "points/d.yaml")
    #expect(
      try problems("signals: points/*.yaml\n") == """
        points/d.yaml:3:18: events.files[0]: there is no file 'x.root' (did you mean 'a.root'?)
        points/d.yaml:4:1: cross_section_pb: the cross section of this signal is that of its \
        family; give it in one place
        signal.yaml:4:10: signals: 'a' has no 'point'
        signal.yaml:4:10: signals: two members are called 'a'
        """)
    #expect(try place.store.digests().isEmpty)
  }

  @Test("links out of the folder and files that are none are refused")
  func untrusted() throws {
    let points = place.folder.url.appendingPathComponent("points")
    try FileManager.default.createSymbolicLink(
      atPath: points.appendingPathComponent("x.yaml").path, withDestinationPath: "/etc/passwd")
    #expect(mkfifo(points.appendingPathComponent("y.yaml").path, 0o600) == 0)
    #expect(
      try problems("signals: points/*.yaml\n") == """
        signal.yaml:4:10: signals: 'points/x.yaml' is a link that leaves the folder; put the file \
        beside the signal file
        signal.yaml:4:10: signals: 'points/y.yaml' is not a file
        """)
  }

  @Test("members bring their own cross sections when the family has none")
  func ownCrossSections() throws {
    let without = place.problems("signals: points/*.yaml\n", for: try analysis(), parameters: nil)
    #expect(without?.contains("points/a.yaml:1:1: 'cross_section_pb' is missing") == true)
    let text = "schema: 1\nsignal: a\npoint: {m: 1}\ncross_section_pb: 3\n"
    try place.folder.write(
      text + "events: {files: [a.root], format: root}\n", to: "own/a.yaml")
    try place.folder.write("a", to: "own/a.root")
    let family = try place.family("signals: own/*.yaml\n", for: analysis())
    let value = try #require(family.signal(at: ["m": 1]).inputs["cross_section_pb"]?.value)
    #expect(try JSONDecoder().decode(CrossSection.self, from: value).value == 3)
  }
}

@Suite("Patchsets of scans")
struct PatchSetPoolTests {
  let place: FamilyFolder
  let analysis: AnalysisSpecification

  init() throws {
    place = try FamilyFolder()
    analysis = try FamilyFolder.declaring("{patch: required}")
    try place.folder.write(
      """
      {"metadata": {"labels": ["mass", "n"], "digests": {}}, "version": "1.0.0", "patches": [
        {"metadata": {"name": "p1", "values": [300, 10]}, "patch": []},
        {"metadata": {"name": "p2", "values": [400.5, 10]}, "patch": []}]}
      """, to: "set.json")
  }

  private func problems(_ yaml: String) -> String? {
    place.problems("patchset: \(yaml)\n", for: analysis, parameters: ["m", "n"])
  }

  @Test("labels stand for parameters, and a signal is a patch of the set")
  func patches() throws {
    let family = try place.family(
      "patchset: {file: set.json, labels: {m: mass}}\n", for: analysis, parameters: ["m", "n"])
    #expect(family.pool == [["m": 300, "n": 10], ["m": 400.5, "n": 10]])
    #expect(family.crossSection == nil)
    let signal = try family.signal(at: ["m": 400.5, "n": 10])
    let input = try #require(signal.inputs["patch"])
    #expect(
      try JSONDecoder().decode(PatchDescriptor.self, from: #require(input.value))
        == PatchDescriptor(patch: "p2"))
    #expect(input.artifacts == [family.files["patchset"]].compactMap(\.self))
    #expect(signal.point == ["m": 400.5, "n": 10])
    let near = try place.family(
      "patchset: {file: set.json, labels: {m: mass}, match: nearest}\n", for: analysis,
      parameters: ["m", "n"])
    #expect(near.pool == nil)
    #expect(try near.signal(at: ["m": 310, "n": 11]).point == ["m": 300, "n": 10])
  }

  @Test("without the scan's parameters, labels are parameters")
  func anyLabels() throws {
    let family = try place.family(
      "patchset: {file: set.json, labels: {m: mass}}\n", for: analysis, parameters: nil)
    #expect(family.pool?.first == ["m": 300, "n": 10])
  }

  @Test("what is wrong with a patchset")
  func mistakes() throws {
    #expect(
      problems("{file: set.json}")
        == "signal.yaml:3:18: patchset.file: the patchset has no label 'm' (did you mean 'n'?); name "
        + "it under 'labels', as in 'labels: {m: LABEL}'")
    #expect(
      problems("{file: set.json, labels: {o: mass}}")?.contains(
        "signal.yaml:3:37: patchset.labels.o: the scan has no parameter 'o'") == true)
    for (text, words) in [
      ("{", "it cannot be read as JSON"), ("{\"patches\": []}", "'metadata' is missing"),
      ("{\"metadata\": {\"labels\": 1}, \"patches\": []}", "'metadata.labels' is of another type"),
    ] {
      try place.folder.write(text, to: "bad.json")
      #expect(
        problems("{file: bad.json}")
          == "signal.yaml:3:18: patchset.file: 'bad.json' is not a patchset: \(words)")
    }
    let values = [
      ("[]", "[\"x\", 1]", "the patch 'p' has no number for 'm'"),
      ("[]", "[1]", "the patch 'p' has no number for 'n'"),
    ]
    for (patch, values, words) in values {
      try place.folder.write(
        """
        {"metadata": {"labels": ["m", "n"]}, "patches": [{"metadata": {"name": "p", "values": \
        \(values)}, "patch": \(patch)}]}
        """, to: "bad.json")
      #expect(problems("{file: bad.json}")?.contains(words) == true)
    }
    #expect(
      place.problems("patchset: {file: set.json}\n", for: try WorkflowTests.analysis())?.contains(
        "the analysis does not take 'patch' from a signal") == true)
  }
}
