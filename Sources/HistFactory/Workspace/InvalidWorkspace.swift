// SPDX-License-Identifier: Apache-2.0

/// Everything wrong with a workspace, a patch or a patchset, each as a sentence with its place.
public struct InvalidWorkspace: Error, Sendable, CustomStringConvertible {
  /// One thing wrong.
  public struct Problem: Sendable, Hashable, CustomStringConvertible {
    /// The text it stands in: the workspace's, or that of the patch that brought it.
    public let source: String
    /// Where in the structure, as in `channels[1].samples[0].modifiers[3].data`; empty for all of it.
    public let path: String
    /// Line and column in the source, both from 1, where known.
    public let line: Int?, column: Int?
    /// A sentence naming the thing and the cure.
    public let message: String

    /// A problem at a path of a source.
    public init(
      source: String, path: String, line: Int? = nil, column: Int? = nil, message: String
    ) {
      self.source = source
      self.path = path
      self.line = line
      self.column = column
      self.message = message
    }

    /// `source:line:column: path: message`.
    public var description: String {
      let place = line.flatMap { line in column.map { ":\(line):\($0)" } } ?? ""
      return source + place + (path.isEmpty ? "" : ": \(path)") + ": \(message)"
    }
  }

  /// The file or text that was read.
  public let source: String
  /// All problems found, in the order of the text.
  public let problems: [Problem]

  /// An error of at least one problem.
  public init(source: String, problems: [Problem]) {
    self.source = source
    self.problems = problems
  }

  /// One line for each problem.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}

extension InvalidWorkspace {
  /// A text that isn't JSON.
  init(_ error: JSONSyntaxError) {
    self.init(
      source: error.source,
      problems: [
        Problem(
          source: error.source, path: "", line: error.line, column: error.column,
          message: error.message)
      ])
  }
}
