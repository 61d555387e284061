// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Steps
import Testing
import Workflow

/// Programs as steps: what they are given and what is taken from them.
@Suite struct CommandTests {
  /// Runs one command step after placing `data/in.txt`; the output `o` is checked by the caller.
  private func run(
    _ parameters: String, signal: String = "", programs: any ProgramRunner = ProcessRunner()
  ) async throws -> (run: StepRun, output: StepOutput) {
    let folder = try TemporaryFolder()
    try folder.write("some text\n", to: "data/in.txt")
    try folder.write("", to: "signals/signal.yaml")
    let run = try await StepRun(
      analysis: """
        schema: 1
        analysis: a
        title: t
        luminosity_ifb: 1
        signal: {cross_section_pb: required}
        steps:
          - id: s
            kind: command
            inputs: {text: file.data/in.txt, sigma: signal.cross_section_pb}
            parameters: \(parameters)

        """, signal: "schema: 1\nsignal: s\ncross_section_pb: 2.5\n", directory: folder.url,
      programs: programs)
    return (run, try #require(run.outputs["s"]))
  }

  private func text(_ run: StepRun, _ name: String) throws -> String {
    let artifact = try #require(run.outputs["s"]?.artifacts[name])
    return String(decoding: try run.store.data(for: artifact), as: UTF8.self)
  }

  @Test func inputsAndOutputsArePaths() async throws {
    let (run, output) = try await run(
      """
      {arguments: [sh, -c, 'cat "$1" > "$2"; cat "$3" >> "$2"; echo $X >> "$2"; touch stray', sh, "{input.text}", "{output.o}", "{input.sigma}"], outputs: {o: {path: out/deep/o.txt}}, environment: {X: "a b"}}
      """)
    let written = try text(run, "o")
    #expect(written.hasPrefix("some text\n"))
    #expect(written.contains("\"value\":2.5"))
    #expect(written.hasSuffix("a b\n"))
    // Only what was declared is collected.
    #expect(output.artifacts.keys.sorted() == ["o"])
    #expect(output.artifacts["o"]?.mediaType == "text/plain")
  }

  /// No shell stands between: what looks like one is text.
  @Test func argumentsAreNeverAShell() async throws {
    let (run, _) = try await run(
      """
      {arguments: [sh, -c, 'printf %s "$1" > o', sh, "$(id); `id` {a.b} {x} * {input.text}"], outputs: {o: {path: o}}}
      """)
    #expect(try text(run, "o") == "$(id); `id` {a.b} {x} * inputs/text.txt")
  }

  @Test func aProgramCannotChangeTheStore() async throws {
    let (run, _) = try await run(
      """
      {arguments: [sh, -c, 'echo changed > inputs/text.txt; echo > o'], outputs: {o: {path: o}}}
      """)
    let digests = try run.store.digests()
    // The input's object is still what it was, so a read of it still succeeds.
    #expect(digests.count == 2)
    let (again, _) = try await self.run(
      "{arguments: [cp, '{input.text}', o], outputs: {o: {path: o}}}")
    #expect(try text(again, "o") == "some text\n")
  }

  @Test func resultsAreRowsOfTheVocabulary() async throws {
    let rows =
      #"{"results": [{"quantity": "cls", "value": 0.02, "uncertainty": 0.001}, "#
      + #"{"quantity": "yield", "subject": "SR", "value": 3, "entries": 7, "sum_w": 6.5, "sum_w2": 8, "unit": "1"}]}"#
    let (_, output) = try await run(
      "{arguments: [sh, -c, 'printf %s \"$1\" > r', sh, '\(rows)'], outputs: {r: {path: r, type: json}}, results: r}"
    )
    #expect(
      output.results == [
        ResultValue(.cls, value: 0.02, uncertainty: 0.001),
        ResultValue(
          .yield, subject: "SR", value: 3, entries: 7, sumW: 6.5, sumW2: 8, unit: "1"),
      ])
  }

  @Test(arguments: [
    (
      "[sh, -c, 'echo one >&2; echo two >&2; exit 3']",
      "'sh' failed with exit code 3; its last words were:\none\ntwo"
    ),
    ("[sh, -c, 'exit 1']", "'sh' failed with exit code 1; it wrote no error"),
    ("[sh, -c, 'kill -9 $$']", "'sh' was ended by signal 9; it wrote no error"),
    ("[sh, -c, 'exit 0']", "the program ended well but did not write 'o', the output 'o'"),
    (
      "[sh, -c, 'ln -s /etc/passwd o']",
      "the output 'o' is reached by the symbolic link 'o'; only regular files are collected"
    ),
    ("[mkdir, o]", "the output 'o' at 'o' is not a regular file"),
    ("[mkfifo, o]", "the output 'o' at 'o' is not a regular file"),
  ]) func failures(_ arguments: String, _ sentence: String) async {
    let text = await failure {
      _ = try await run("{arguments: \(arguments), outputs: {o: {path: o}}}")
    }
    #expect(text == sentence)
  }

  @Test func aFolderThatBecomesALinkIsNotFollowed() async {
    let text = await failure {
      _ = try await run(
        "{arguments: [sh, -c, 'rmdir d; ln -s /etc d'], outputs: {o: {path: d/passwd}}}")
    }
    #expect(
      text == "the output 'o' is reached by the symbolic link 'd'; only regular files are collected"
    )
  }

  @Test(arguments: [
    (
      #"{"results": [{"quantity": "clss", "value": 1}]}"#,
      "the output 'r' has the unknown quantity 'clss' (did you mean 'cls'?)"
    ),
    (
      #"{"results": [{"quantity": "cls_expected", "sigma": 3, "value": 1}]}"#,
      "the output 'r' gives sigma 3 for 'cls_expected'; it is −2 to 2"
    ),
    (#"{"rows": []}"#, "the output 'r' does not hold results as"),
    (
      #"{"results": [{"quantity": "cls", "value": NaN}]}"#,
      "the output 'r' does not hold results as"
    ),
  ]) func refusedResults(_ rows: String, _ sentence: String) async {
    let text = await failure {
      _ = try await run(
        "{arguments: [sh, -c, 'printf %s \"$1\" > r', sh, '\(rows)'], outputs: {r: {path: r, type: json}}, results: r}"
      )
    }
    #expect(text?.hasPrefix(sentence) == true, "\(text ?? "accepted")")
  }

  private struct LateRunner: ProgramRunner {
    func run(_ program: ProgramInvocation) async throws -> ProgramResult {
      #expect(program.timeLimit == .seconds(1.5))
      return ProgramResult(
        exitCode: nil, signal: 9, timedOut: true, standardOutput: "", standardError: "slow\n")
    }
  }

  @Test func timeLimit() async {
    let text = await failure {
      _ = try await run("{arguments: [sleep, '9'], time_limit_s: 1.5}", programs: LateRunner())
    }
    #expect(text == "'sleep' did not end within 1.5 s and was killed; its last words were:\nslow")
  }
}
