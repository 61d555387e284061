// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// A program to run: an argument array, never a shell string.
public struct ProgramInvocation: Sendable, Hashable {
  /// The program and its arguments; the program is looked for in PATH unless it has a slash.
  public var arguments: [String]
  /// Variables beside the few that are always passed on.
  public var environment: [String: String]
  /// Where it runs.
  public var directory: URL
  /// Wall time after which it and all its children are killed.
  public var timeLimit: Duration
  /// Bytes kept of each of the two output streams.
  public var outputLimit: Int

  /// An invocation from its parts.
  public init(
    arguments: [String], environment: [String: String] = [:], directory: URL, timeLimit: Duration,
    outputLimit: Int = 1 << 20
  ) {
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
    self.timeLimit = timeLimit
    self.outputLimit = outputLimit
  }
}

/// How a program ended.
public struct ProgramResult: Sendable, Hashable {
  /// Exit code; nil when a signal ended it.
  public var exitCode: Int32?
  /// The signal that ended it.
  public var signal: Int32?
  /// Whether it was killed because of its time limit.
  public var timedOut: Bool
  /// What it wrote, up to the limit.
  public var standardOutput: String
  /// What it wrote as errors, up to the limit.
  public var standardError: String

  /// A result from its parts.
  public init(
    exitCode: Int32?, signal: Int32?, timedOut: Bool, standardOutput: String, standardError: String
  ) {
    self.exitCode = exitCode
    self.signal = signal
    self.timedOut = timedOut
    self.standardOutput = standardOutput
    self.standardError = standardError
  }
}

/// Where programs run.
public protocol ProgramRunner: Sendable {
  /// Runs a program in a process group of its own and waits; the whole group ends with it.
  func run(_ program: ProgramInvocation) async throws -> ProgramResult
}
