// SPDX-License-Identifier: Apache-2.0

/// A program that makes a signal's events, at one point: the step `generate` in front of a plan.
///
/// It is a step of the kind `command`. Its files are inputs of the signal, `file.PATH`.
public struct GeneratorStep: Sendable, Hashable, Codable {
  /// A file the program writes, and what it is.
  public struct Output: Sendable, Hashable, Codable {
    /// Relative to the folder the program runs in.
    public let path: String
    /// As of the output of a step.
    public let type: PortType

    /// An output from its parts.
    public init(path: String, type: PortType) {
      self.path = path
      self.type = type
    }
  }

  /// The program and its arguments; `{seed}`, `{file.PATH}` and `{output.NAME}` stand for the run's
  /// seed and for paths. Parameters have their values already.
  public let arguments: [String]
  /// Paths of the files it needs, sorted.
  public let files: [String]
  /// What it makes, by the part of the signal it stands for.
  public let outputs: [String: Output]
  /// How its events are read; nil when it makes none.
  public let events: EventsDescriptor?
  /// Seconds.
  public let timeLimit: Double

  /// A step from its parts.
  public init(
    arguments: [String], files: [String], outputs: [String: Output], events: EventsDescriptor?,
    timeLimit: Double
  ) {
    self.arguments = arguments
    self.files = files
    self.outputs = outputs
    self.events = events
    self.timeLimit = timeLimit
  }
}
