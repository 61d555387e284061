// SPDX-License-Identifier: Apache-2.0

/// What is wrong with an analysis or a signal, all of it at once.
public struct ValidationReport: Sendable, Hashable, Codable {
  /// One thing that is wrong, and where.
  public struct Problem: Sendable, Hashable, Codable {
    /// The file, as the user named it; nil when the sentence says it.
    public let file: String?
    /// Line from 1.
    public let line: Int?
    /// Column from 1.
    public let column: Int?
    /// Place in the document, such as `steps[2].inputs.signal`.
    public let path: String?
    /// The whole sentence, with file, line, column and path in front where they are known.
    public let message: String
  }

  /// What was looked at.
  public let path: String
  /// What it is: `analysis` or `signal`.
  public let kind: String
  /// Its name, when it could be read.
  public let name: String?
  /// Every problem, in order of place; empty when all is well.
  public let problems: [Problem]

  /// Whether nothing is wrong.
  public var isValid: Bool { problems.isEmpty }
}
