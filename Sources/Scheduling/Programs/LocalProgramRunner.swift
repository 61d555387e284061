// SPDX-License-Identifier: Apache-2.0
import Foundation
import Subprocess
import SystemPackage
public import Workflow

/// Runs programs as children of this process, each in a process group of its own.
///
/// - A program sees `PATH`, `HOME`, `LANG`, `LC_ALL`, `LC_CTYPE`, `TMPDIR`, `TZ` and `USER` of this
///   process, what the invocation adds, and nothing else; its standard input is empty.
/// - A program has ended when it and whoever holds its outputs open have. At the time limit the
///   whole group is asked to end (SIGTERM) and two seconds later is killed; when the task is
///   cancelled it is killed at once.
/// - The group ends with the program and with this process, also when that is killed: see `Guardian`.
///   A program that moves its children to another session escapes.
/// - Output beyond the limit is read and dropped, with a note at the end of what is kept.
public struct LocalProgramRunner: ProgramRunner {
  /// Variables that a program inherits.
  public static let inheritedVariables = [
    "HOME", "LANG", "LC_ALL", "LC_CTYPE", "PATH", "TMPDIR", "TZ", "USER",
  ]

  /// A runner without settings.
  public init() {}

  /// Throws `ExecutionError` when the program can't be started, `CancellationError` when the task
  /// was cancelled. A program that fails or is stopped at its time limit is a result.
  public func run(_ program: ProgramInvocation) async throws -> ProgramResult {
    let environment = environment(of: program)
    let executable = try ProgramSearch.find(program, path: environment["PATH"])
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = Self.teardown
    let variables = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
    let configuration = Configuration(
      executable: .path(FilePath(Guardian.shell)),
      arguments: Arguments(Guardian.arguments(for: executable, program.arguments.dropFirst())),
      environment: .custom(Dictionary(variables, uniquingKeysWith: { first, _ in first })),
      workingDirectory: FilePath(program.directory.path), platformOptions: options)
    do {
      let result = try await Subprocess.run(
        configuration, input: .inputWriter, output: .sequence, error: .sequence
      ) { execution in
        try await Self.watch(execution, program)
      }
      try Task.checkCancellation()
      return result.closureResult.result(ending: result.terminationStatus)
    } catch let error as SubprocessError {
      try Task.checkCancellation()
      throw ExecutionError("'\(program.arguments.first ?? "")' could not be run: \(error)")
    }
  }

  private static let teardown: [TeardownStep] = [
    .gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: .seconds(2))
  ]

  private func environment(of program: ProgramInvocation) -> [String: String] {
    let own = ProcessInfo.processInfo.environment
    let inherited = own.filter { Self.inheritedVariables.contains($0.key) }
    return inherited.merging(program.environment) { _, given in given }
  }

  /// Reads both outputs to their ends, unless the time limit comes first.
  private static func watch(
    _ execution: Execution<CustomWriteInput, SequenceOutput, SequenceOutput>,
    _ program: ProgramInvocation
  ) async throws -> ProgramOutcome {
    try await withThrowingTaskGroup(of: ProgramOutcome.Part.self) { group in
      group.addTask {
        .output(try await CapturedText.read(execution.standardOutput, limit: program.outputLimit))
      }
      group.addTask {
        .error(try await CapturedText.read(execution.standardError, limit: program.outputLimit))
      }
      group.addTask {
        try await Task.sleep(for: program.timeLimit)
        return .timeLimit
      }
      var outcome = ProgramOutcome()
      while !outcome.isComplete, let part = try await group.next() {
        outcome.add(part)
        guard part == .timeLimit else { continue }
        await execution.teardown(using: Self.teardown)
        // Whoever ignored the request and holds the outputs open. The guardian is still a member,
        // so the group's number can't be another's.
        try execution.send(signal: .kill, toProcessGroup: true)
      }
      group.cancelAll()
      return outcome
    }
  }
}
