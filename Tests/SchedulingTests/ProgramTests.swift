// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scheduling
import Testing
import Workflow

@Suite struct ProgramTests {
  private func run(
    _ arguments: [String], environment: [String: String] = [:], limit: Duration = .seconds(600),
    outputLimit: Int = 1 << 20
  ) async throws -> ProgramResult {
    try await LocalProgramRunner().run(
      ProgramInvocation(
        arguments: arguments, environment: environment,
        directory: FileManager.default.temporaryDirectory, timeLimit: limit,
        outputLimit: outputLimit))
  }

  /// Processes that have `word` as an argument; zombies have none.
  static func alive(_ word: String) throws -> [Int32] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(Int32.init).filter {
      let line = FileManager.default.contents(atPath: "/proc/\($0)/cmdline") ?? Data()
      return line.split(separator: 0).contains { String(decoding: $0, as: UTF8.self) == word }
    }
  }

  /// The guardian ends a group a moment after the program.
  static func isGoneSoon(_ word: String) async throws -> Bool {
    for _ in 0..<500 {
      if try alive(word).isEmpty { return true }
      try await Task.sleep(for: .milliseconds(10))
    }
    return false
  }

  @Test func outputsAndExitCode() async throws {
    let result = try await run(["sh", "-c", "echo out; echo err >&2; exit 3"])
    #expect(result.exitCode == 3)
    #expect(result.signal == nil)
    #expect(!result.timedOut)
    #expect(result.standardOutput == "out\n")
    #expect(result.standardError == "err\n")
  }

  @Test func argumentsArriveAsTheyAre() async throws {
    let odd = ["$HOME", "a b", "'; rm -rf /", "`id`", "", "*", "-n", "ü"]
    let result = try await run(["printf", "%s|"] + odd)
    #expect(result.standardOutput == odd.map { $0 + "|" }.joined())
  }

  @Test func aSignalIsToldAsSuch() async throws {
    let result = try await run(["sh", "-c", "kill -SEGV $$"])
    #expect(result.signal == SIGSEGV)
    #expect(result.exitCode == nil)
  }

  @Test func onlyNamedVariablesAreInherited() async throws {
    setenv("REPRISE_TEST_SECRET", "secret", 1)
    let result = try await run(["env"], environment: ["GIVEN": "yes"])
    let names = result.standardOutput.split(separator: "\n").map { $0.prefix { $0 != "=" } }
    #expect(names.contains("GIVEN") && names.contains("PATH"))
    #expect(!result.standardOutput.contains("secret"))
    let allowed = LocalProgramRunner.inheritedVariables + ["GIVEN", "PWD", "OLDPWD", "SHLVL", "_"]
    #expect(names.allSatisfy { allowed.contains(String($0)) })
  }

  @Test func standardInputIsEmpty() async throws {
    #expect(try await run(["cat"]).standardOutput == "")
  }

  @Test(arguments: [
    ("no-such-program-here", "program 'no-such-program-here' was not found in PATH"),
    ("./no-such-file", "'./no-such-file' is not an executable file in"),
    ("", "a program needs at least its name as first argument"),
  ])
  func aProgramThatIsNotThereIsASentence(name: String, sentence: String) async throws {
    let error = await #expect(throws: ExecutionError.self) { try await run([name]) }
    #expect(error?.description.hasPrefix(sentence) == true)
  }

  @Test func aFolderThatIsNotThereIsASentence() async throws {
    let error = await #expect(throws: ExecutionError.self) {
      try await LocalProgramRunner().run(
        ProgramInvocation(
          arguments: ["true"], directory: URL(fileURLWithPath: "/no/such/folder"),
          timeLimit: .seconds(60)))
    }
    #expect(error?.description.hasPrefix("'true' could not be run: ") == true)
    #expect(error?.description.contains("/no/such/folder") == true)
  }

  @Test func hugeOutputIsCutWithANote() async throws {
    let result = try await run(
      ["sh", "-c", "head -c 20000000 /dev/zero | tr '\\0' x"], outputLimit: 1000)
    #expect(result.exitCode == 0)
    #expect(
      result.standardOutput == String(repeating: "x", count: 1000)
        + "\n[19999000 of 20000000 bytes were dropped: the limit is 1000]\n")
  }

  @Test func theTimeLimitEndsGrandchildrenToo() async throws {
    let mark = "8\(UInt32.random(in: 1_000_000...9_999_999))"
    // Neither child listens to SIGTERM; the grandchild holds the output open.
    let script = "trap '' TERM; (trap '' TERM; sleep \(mark)) & echo begun; sleep \(mark)"
    let result = try await run(["sh", "-c", script], limit: .milliseconds(300))
    #expect(result.timedOut)
    #expect(result.standardOutput == "begun\n")
    #expect(try await Self.isGoneSoon(mark))
  }

  @Test func childrenThatOutliveTheirProgramAreEnded() async throws {
    let mark = "8\(UInt32.random(in: 1_000_000...9_999_999))"
    let result = try await run(["sh", "-c", "sleep \(mark) >/dev/null 2>&1 & exit 0"])
    #expect(result.exitCode == 0)
    #expect(!result.timedOut)
    #expect(try await Self.isGoneSoon(mark))
  }

  @Test func cancellationEndsTheWholeGroup() async throws {
    let mark = "8\(UInt32.random(in: 1_000_000...9_999_999))"
    let task = Task { try await run(["sh", "-c", "sleep \(mark) & sleep \(mark)"]) }
    while try Self.alive(mark).count < 2 { try await Task.sleep(for: .milliseconds(5)) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await Self.isGoneSoon(mark))
  }
}
