// SPDX-License-Identifier: Apache-2.0

/// What a `command` step runs and what it may bring back.
public struct CommandParameters: Codable, Sendable, Hashable {
  /// A file the program is expected to write.
  public struct Output: Codable, Sendable, Hashable {
    /// Relative to the folder the program runs in.
    public var path: String
    /// What the file is, as in `json`: the type of the output port.
    public var type: String
  }

  /// The program and its arguments; `{input.NAME}` and `{output.NAME}` stand for paths.
  public var arguments: [String]
  /// Names of the step's inputs.
  public var inputs: [String]
  /// Declared outputs by name: nothing else is collected.
  public var outputs: [String: Output]
  /// Variables the program gets beside the few every program gets.
  public var environment: [String: String]
  /// Seconds after which it is killed with all its children.
  public var timeLimit: Double
  /// The output whose rows become results; nil for none.
  public var results: String?
}
