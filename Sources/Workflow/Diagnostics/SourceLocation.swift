// SPDX-License-Identifier: Apache-2.0

/// A place in a file; line and column start at 1, the column counts Unicode scalars.
public struct SourceLocation: Sendable, Hashable {
  /// The file's name as the user gave it.
  public let file: String
  /// Line, from 1.
  public let line: Int
  /// Column, from 1.
  public let column: Int

  /// A place from its parts.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `analysis.yaml:21:17`, which editors and terminals understand.
  public var description: String { "\(file):\(line):\(column)" }
}

extension SourceLocation: Comparable {
  /// Order of reading: by file name, then line, then column.
  public static func < (left: SourceLocation, right: SourceLocation) -> Bool {
    (left.file, left.line, left.column) < (right.file, right.line, right.column)
  }
}
