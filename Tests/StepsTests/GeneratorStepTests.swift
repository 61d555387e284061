// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Steps
import Testing
import Workflow

/// Signals whose events are made by a program, and signals that bring what a selection would make:
/// both give what the plain signal gives.
@Suite("Generators and stand-ins, run")
struct GeneratorStepTests {
  private let monojet = Shipped.folder("monojet")
  private var analysis: String {
    get throws {
      try String(contentsOf: monojet.appending(path: "analysis.yaml"), encoding: .utf8)
    }
  }

  /// A folder with the events of the shipped signal and a program that hands them on.
  private func place() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "tools"), withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: monojet.appending(path: "signals/dmzp_1000_1.root"),
      to: folder.url.appending(path: "tools/sample.root"))
    try folder.write(
      """
      set -e
      cp "$(dirname "$0")/sample.root" "$1"
      echo "{\\"value\\": $2, \\"uncertainty\\": 0.1}" > "$3"
      echo "made with seed $4"

      """, to: "tools/generate.sh")
    return folder
  }

  private let signal = """
    schema: 1
    signal: dmzp
    generator:
      arguments: [sh, "{file.tools/generate.sh}", "{output.events}", "{xsec}", "{output.cross_section_pb}", "{seed}"]
      files: [tools/generate.sh, tools/sample.root]
      outputs:
        events: {path: out/events.root, type: events}
        cross_section_pb: {path: xsec.json}
      events: {format: root, tree: Events}

    """

  private func run(_ yaml: String, at point: [String: Double] = ["xsec": 1]) async throws -> StepRun
  {
    let folder = try place()
    return try await StepRun(analysis: analysis, directory: monojet, seed: 3) { analysis, store in
      try SignalFamily(
        yaml: yaml, file: folder.url.appending(path: "signal.yaml"), for: analysis,
        parameters: ["xsec"], store: store
      ).signal(at: point)
    }
  }

  private func plain() async throws -> StepRun {
    let file = monojet.appending(path: "signals/dmzp_1000_1.yaml")
    return try await StepRun(
      analysis: analysis, signal: String(contentsOf: file, encoding: .utf8), directory: monojet)
  }

  @Test("a generator's events give what the same events give as files")
  func generator() async throws {
    let generated = try await run(signal)
    let plain = try await plain()
    #expect(Set(generated.outputs.keys) == Set(plain.outputs.keys).union(["generate"]))
    for (step, output) in plain.outputs {
      #expect(generated.outputs[step]?.artifacts == output.artifacts, "\(step)")
      #expect(generated.outputs[step]?.results == output.results, "\(step)")
    }
    // A cross section of another value scales the yields with it.
    let twice = try await run(signal, at: ["xsec": 2])
    func yields(_ run: StepRun) -> [Double] {
      run.outputs["model"]?.results.filter { $0.quantity == .yield }.map(\.value) ?? []
    }
    #expect(!yields(plain).isEmpty)
    for (one, two) in zip(yields(generated), yields(twice)) { #expect(abs(two - 2 * one) < 1e-12) }
  }

  @Test("the yields of a selection stand in for it")
  func standIn() async throws {
    let plain = try await plain()
    let yields = try #require(plain.outputs["select"]?.artifacts["yields"])
    let bytes = try plain.store.data(for: yields)
    let other = try await StepRun(analysis: analysis, directory: monojet) { _, store in
      Signal(
        name: "map", point: [:],
        inputs: [
          "select.yields": StepInput(
            artifacts: [try store.put(bytes, mediaType: yields.mediaType)]),
          "cross_section_pb": StepInput(
            value: try CanonicalJSON.data(CrossSection(picobarns: 1))),
        ])
    }
    #expect(Set(other.outputs.keys) == ["model", "test", "limit"])
    for step in other.outputs.keys {
      #expect(other.outputs[step]?.artifacts == plain.outputs[step]?.artifacts, "\(step)")
      #expect(other.outputs[step]?.results == plain.outputs[step]?.results, "\(step)")
    }
  }

  @Test(
    "a cross section that is none fails the step that needs it, with a place",
    arguments: [
      (
        "echo \"{\\\"value\\\": $2, \\\"uncertainty\\\": 0.1}\"", "echo nan",
        "must be a number, not 'nan'"
      ),
      ("\\\"uncertainty\\\"", "\\\"uncertanty\\\"", "did you mean 'uncertainty'?"),
      ("\\\"value\\\": $2", "\\\"value\\\": -1", "must be greater than 0, not -1"),
    ])
  func wrongCrossSection(_ old: String, _ new: String, _ words: String) async throws {
    let folder = try place()
    let file = folder.url.appending(path: "tools/generate.sh")
    let script = try String(contentsOf: file, encoding: .utf8)
    #expect(script.contains(old))
    try folder.write(script.replacingOccurrences(of: old, with: new), to: "tools/generate.sh")
    let error = await #expect(throws: StepError.self) {
      try await StepRun(analysis: analysis, directory: monojet) { analysis, store in
        try SignalFamily(
          yaml: signal, file: folder.url.appending(path: "signal.yaml"), for: analysis, store: store
        ).signal(at: ["xsec": 1])
      }
    }
    let sentence = error?.description ?? ""
    #expect(
      sentence.hasPrefix("the file of the input 'cross_section_pb' is no cross section:\n"))
    #expect(sentence.contains(words), "\(sentence)")
  }

  @Test("a program that fails fails its step, with its last words")
  func failing() async throws {
    let error = await #expect(throws: StepError.self) {
      try await run(
        signal.replacingOccurrences(of: "[sh, ", with: "[sh, -c, 'echo no >&2; exit 4', "))
    }
    #expect(
      error?.description == "'sh' failed with exit code 4; its last words were:\nno")
  }

  @Test("only a generator makes events; names of inputs do not leave the folder")
  func commandsOfAnalyses() {
    func refusal(_ inputs: String, _ outputs: String) -> String? {
      do {
        _ = try AnalysisSpecification(
          yaml: """
            schema: 1
            analysis: a
            title: t
            signal: {cross_section_pb: required}
            steps:
              - id: s
                kind: command
                inputs: \(inputs)
                parameters: {arguments: [true], outputs: \(outputs)}

            """, file: "a.yaml", directory: nil, catalog: .standard)
        return nil
      } catch {
        return error.description
      }
    }
    #expect(
      refusal("{}", "{e: {path: e.root, type: events}}")
        == "a.yaml:9:71: steps[0].parameters.outputs.e.type: events are what a signal brings or its "
        + "generator makes; a step cannot make them")
    #expect(refusal("{}", "{x: {path: x.json, type: cross-section}}") == nil)
    for name in ["../x", "a//b", "/x", ".", "x/.."] {
      #expect(
        refusal("{\(name): signal.cross_section_pb}", "{}")
          == "a.yaml:8:14: steps[0].inputs.\(name): '\(name)' cannot be the name of an input of a "
          + "command: it becomes a path such as 'inputs/events'")
    }
    #expect(refusal("{sub/name.txt: signal.cross_section_pb}", "{}") == nil)
  }

  @Test("an input keeps the suffix of its name, and has the folders of it")
  func places() async throws {
    let folder = try TemporaryFolder()
    try folder.write("a,b\n", to: "data/t.csv")
    let run = try await StepRun(
      analysis: """
        schema: 1
        analysis: a
        title: t
        signal: {}
        steps:
          - id: s
            kind: command
            inputs: {cards/t.csv: file.data/t.csv, table: file.data/t.csv}
            parameters:
              arguments: [sh, -c, 'echo "$1 $2" > o; cat "$1" "$2" >> o', sh, "{input.cards/t.csv}", "{input.table}"]
              outputs: {o: {path: o}}

        """, directory: folder.url
    ) { _, _ in Signal(name: "s", point: [:], inputs: [:]) }
    let output = try #require(run.outputs["s"]?.artifacts["o"])
    #expect(
      String(decoding: try run.store.data(for: output), as: UTF8.self)
        == "inputs/cards/t.csv inputs/table.csv\na,b\na,b\n")
  }

  @Test("two inputs cannot be in one place")
  func samePlace() async throws {
    let folder = try TemporaryFolder()
    try folder.write("a,b\n", to: "data/t.csv")
    let error = await #expect(throws: StepError.self) {
      try await StepRun(
        analysis: """
          schema: 1
          analysis: a
          title: t
          signal: {}
          steps:
            - id: s
              kind: command
              inputs: {t: file.data/t.csv, t.csv: file.data/t.csv}
              parameters: {arguments: [true]}

          """, directory: folder.url
      ) { _, _ in Signal(name: "s", point: [:], inputs: [:]) }
    }
    #expect(
      error?.description == "two inputs would be placed at 'inputs/t.csv', and 't.csv' is one of "
        + "them; give it another name")
  }
}
