// SPDX-License-Identifier: Apache-2.0

/// One thing wrong with a selection: where in it, in which characters, and what.
public struct SelectionProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// Where in the specification, as keys joined by dots and 0-based positions in brackets:
  /// - `objects.NAME`, `objects.NAME.from`, `objects.NAME.fields[2]`, `objects.NAME.where`,
  ///   `objects.NAME.sort`
  /// - `variables.NAME`
  /// - `weight`
  /// - `regions.NAME`, `regions.NAME.from`, `regions.NAME.cuts[2]` (among its own cuts)
  /// - `variations.NAME`, `variations.NAME.up`, `variations.NAME.down`
  /// - `columns.NAME` for a declaration
  /// - `objects`, `variables`, `regions`, `variations` if there are too many of them
  ///
  /// NAME is the name as written. Names hold no dot and no bracket unless the problem is the name.
  public let path: String
  /// 0-based character offset in the expression, if one is to blame.
  public let offset: Int?
  /// The sentence.
  public let message: String

  /// A problem.
  public init(path: String, offset: Int? = nil, message: String) {
    self.path = path
    self.offset = offset
    self.message = message
  }

  /// Path, offset if there is one, and sentence: `variables.ht:4: …`.
  public var description: String {
    "\(path)\(offset.map { ":\($0)" } ?? ""): \(message)"
  }
}

/// A selection that can't be compiled, with all its problems.
public struct InvalidSelection: Error, Sendable, Hashable, CustomStringConvertible {
  /// All of them, those of objects and variables first; never empty.
  public let problems: [SelectionProblem]

  /// One line per problem.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
