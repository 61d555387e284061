// SPDX-License-Identifier: Apache-2.0
public import Foundation
import GRDB

/// What a query gave: names of columns, and rows of as many cells.
public struct QueryTable: Sendable, Hashable {
  /// A value as SQLite stores it.
  public enum Cell: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob(Data)
  }

  /// Names of the columns, in order; two may be equal.
  public let columns: [String]
  /// One cell per column in each row.
  public let rows: [[Cell]]

  /// A table from its parts.
  public init(columns: [String], rows: [[Cell]]) {
    self.columns = columns
    self.rows = rows
  }
}

extension QueryTable.Cell {
  init(_ value: DatabaseValue) {
    switch value.storage {
    case .null: self = .null
    case .int64(let integer): self = .integer(integer)
    case .double(let real): self = .real(real)
    case .string(let text): self = .text(text)
    case .blob(let data): self = .blob(data)
    }
  }
}
