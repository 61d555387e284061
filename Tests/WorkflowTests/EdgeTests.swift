// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import Workflow

@Suite("Connections between steps")
struct EdgeTests {
  private func merges(_ steps: [(id: String, inputs: [String])]) -> String {
    let lines = steps.map { id, inputs in
      let inputs = inputs.enumerated().map { "in\($0.offset): \($0.element)" }
      return "  - {id: \(id), kind: merge, inputs: {\(inputs.joined(separator: ", "))}}"
    }
    return "schema: 1\nanalysis: a\ntitle: t\nsignal: {}\nsteps:\n"
      + lines.joined(separator: "\n") + "\n"
  }

  @Test("a circle is told whole, in the direction of the data")
  func circle() {
    let yaml = merges([("a", ["c.out"]), ("b", ["a.out"]), ("c", ["b.out"]), ("d", ["a.out"])])
    #expect(
      refusal(yaml)
        == "analysis.yaml:6:40: steps[0].inputs.in0: steps wait for each other in a circle: "
        + "a → b → c → a")
  }

  @Test("a step that waits for itself, and two circles at once")
  func circles() {
    #expect(
      refusal(merges([("a", ["a.out"])]))
        == "analysis.yaml:6:40: steps[0].inputs.in0: steps wait for each other in a circle: a → a")
    let yaml = merges([
      ("a", ["b.out"]), ("b", ["a.out"]), ("c", ["e.out"]), ("e", ["a.out", "c.out"]),
    ])
    #expect(
      refusal(yaml)
        == """
        analysis.yaml:6:40: steps[0].inputs.in0: steps wait for each other in a circle: a → b → a
        analysis.yaml:8:40: steps[2].inputs.in0: steps wait for each other in a circle: c → e → c
        """)
  }

  @Test("a chain may be long and written backwards")
  func chain() throws {
    let count = 10_000
    let steps = (0..<count).map { (id: "s\($0)", inputs: $0 + 1 < count ? ["s\($0 + 1).out"] : []) }
    let analysis = try analysis(merges(steps))
    let plan = try Plan(
      analysis, files: [:], signal: Signal(name: "s", point: [:], inputs: [:]), catalog: .test)
    #expect(plan.steps.map(\.id) == (0..<count).reversed().map { "s\($0)" })
  }

  @Test("a file full of mistakes is refused in a bounded way")
  func manyMistakes() {
    let count = 2000
    let unknown = merges((0..<count).map { (id: "s\($0)", inputs: ["t\($0).out"]) })
    #expect(refusal(unknown)?.hasSuffix("and \(count - 100) more problems") == true)
    // Every step waits for the next and for the last: a circle closes at each.
    let circles = merges(
      (0..<count).map { (id: "s\($0)", inputs: ["s\(($0 + 1) % count).out", "s0.out"]) })
    let lines = refusal(circles)?.split(separator: "\n")
    #expect(lines?.count == 10)
    #expect(lines?.allSatisfy { $0.count < 300 } == true)
    #expect(lines?.first?.contains(" → … → ") == true)
  }

  @Test("an optional part cannot feed a required input")
  func optional() {
    #expect(
      refusal(
        """
        schema: 1
        analysis: a
        title: t
        luminosity_ifb: 1
        signal: {patch: optional}
        steps:
          - id: model
            kind: signal-model
            inputs: {background: signal.patch, patch: signal.patch}

        """)
        == "analysis.yaml:9:26: steps[0].inputs.background: 'signal.patch' is patch, but the input "
        + "'background' of kind 'signal-model' takes workspace")
    #expect(
      refusal(
        "schema: 1\nanalysis: a\ntitle: t\nsignal: {patch: optional}\nsteps:\n"
          + "  - {id: limit, kind: upper-limit, inputs: {workspace: signal.patch}}\n")?
        .contains("takes workspace") == true)
  }

  @Test("an event file cannot come from nowhere, a value is no file")
  func types() {
    let replaced = refusal(replacing: ["events: signal.events": "events: file.data/x.root"])
    #expect(
      replaced
        == "analysis.yaml:12:22: steps[0].inputs.events: 'file.data/x.root' is file, but the input "
        + "'events' of kind 'selection' takes events")
    let value = refusal(replacing: [
      "background: file.data/background.json": "background: signal.cross_section_pb"
    ])
    #expect(value?.contains("'signal.cross_section_pb' is cross-section, but") == true)
  }
}

@Suite("Files of an analysis")
struct SpecificationFolderTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("{}", to: "analysis/data/background.json")
    try folder.write("{}", to: "outside.json")
  }

  private func problem(of path: String) -> String? {
    refusal(
      replacing: ["file.data/background.json": "file.\(path)"],
      in: folder.url.appendingPathComponent("analysis"))
  }

  private func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appendingPathComponent("analysis/\(name)").path,
      withDestinationPath: target)
  }

  private let place = "analysis.yaml:17:19: steps[1].inputs.background: "

  @Test("a file that is there, also through a link that stays inside")
  func inside() throws {
    #expect(problem(of: "data/background.json") == nil)
    try link("link.json", to: "data/background.json")
    #expect(problem(of: "link.json") == nil)
  }

  @Test("a missing file is told with its near namesake")
  func missing() {
    #expect(
      problem(of: "data/backgrond.json")
        == place
        + "there is no file 'data/backgrond.json' (did you mean 'data/background.json'?)")
    #expect(problem(of: "dat/other.json") == place + "there is no file 'dat/other.json'")
  }

  @Test("links that leave the folder, folders, pipes")
  func outside() throws {
    let cure = "copy it into the folder of analysis.yaml"
    try link("out.json", to: "../outside.json")
    #expect(
      problem(of: "out.json") == place + "'out.json' is a link that leaves the folder; \(cure)")
    try link("up", to: "..")
    #expect(
      problem(of: "up/outside.json")
        == place + "'up/outside.json' is a link that leaves the folder; \(cure)")
    #expect(problem(of: "data") == place + "'data' is not a file")
    try link("broken.json", to: "nowhere.json")
    #expect(problem(of: "broken.json") == place + "'broken.json' is a link to nothing")
    // A sibling whose name begins like the folder's is outside as well.
    try folder.write("{}", to: "analysis-2/x.json")
    try link("sibling.json", to: "../analysis-2/x.json")
    #expect(problem(of: "sibling.json")?.contains("leaves the folder") == true)
  }

  @Test(
    "paths that are not spelt plainly",
    arguments: ["./data/x.json", "data//x.json", "data/", "/data/x.json", "../x.json", "~/x.json"])
  func spelling(_ path: String) {
    #expect(problem(of: path)?.hasPrefix(place + "'\(path)'") == true)
  }
}
