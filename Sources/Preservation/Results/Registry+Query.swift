// SPDX-License-Identifier: Apache-2.0
package import Dispatch
import GRDB

extension Registry {
  /// What one SELECT (or WITH … SELECT) gives, on a read-only connection of its own.
  ///
  /// Tables and views are in `registry/schema.sql`; people start with `results`, `runs`, `steps` and
  /// `versions`. At most 100 000 rows and 30 seconds. Anything else than one SELECT is refused with
  /// `invalidQuery`.
  public func query(_ sql: String) throws -> QueryTable {
    try query(sql, rowLimit: 100_000, timeLimit: .seconds(30))
  }

  package func query(_ sql: String, rowLimit: Int, timeLimit: DispatchTimeInterval) throws
    -> QueryTable
  {
    guard Self.beginsAsSelection(sql) else {
      throw RegistryError(.invalidQuery, "only SELECT is allowed (or WITH … SELECT)")
    }
    return try Self.translatingQuery {
      // Its own connection: stopping it must stop nothing else.
      var configuration = Configuration()
      configuration.readonly = true
      configuration.label = "query"
      let queue = try DatabaseQueue(path: databasePath, configuration: configuration)
      let timer = DispatchSource.makeTimerSource(queue: .global())
      timer.schedule(deadline: .now() + timeLimit)
      timer.setEventHandler { queue.interrupt() }
      timer.resume()
      defer { timer.cancel() }
      return try queue.read { try Self.table(sql, rowLimit: rowLimit, in: $0) }
    }
  }

  private static func table(_ sql: String, rowLimit: Int, in database: Database) throws
    -> QueryTable
  {
    // Refuses a second statement.
    let statement = try database.makeStatement(sql: sql)
    guard statement.isReadonly, !statement.columnNames.isEmpty else {
      throw RegistryError(.invalidQuery, "only SELECT is allowed: this statement would write")
    }
    var rows: [[QueryTable.Cell]] = []
    let cursor = try Row.fetchCursor(statement)
    while let row = try cursor.next() {
      guard rows.count < rowLimit else {
        throw RegistryError(
          .invalidQuery, "the query gives more than \(rowLimit) rows; add a LIMIT or a WHERE")
      }
      rows.append(row.databaseValues.map { QueryTable.Cell($0) })
    }
    return QueryTable(columns: statement.columnNames, rows: rows)
  }

  private static func translatingQuery<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
      throw RegistryError(
        .invalidQuery, "the query took too long and was stopped; ask for less")
    } catch let error as DatabaseError where error.resultCode == .SQLITE_MISUSE {
      // What the library says of a second statement; its advice is for programmers.
      throw RegistryError(.invalidQuery, "one SELECT at a time: leave out what follows the first")
    } catch let error as DatabaseError {
      throw RegistryError(.invalidQuery, "SQL: \(error.message ?? "\(error.resultCode)")")
    }
  }

  /// ATTACH, PRAGMA, BEGIN … count as read-only for SQLite, so the first word decides; after WITH
  /// the statement itself is asked whether it writes.
  private static func beginsAsSelection(_ sql: String) -> Bool {
    var rest = Substring(sql)
    while true {
      rest = rest.drop(while: \.isWhitespace)
      if rest.hasPrefix("--") {
        rest = rest.drop(while: { !$0.isNewline })
      } else if rest.hasPrefix("/*") {
        guard let end = rest.firstRange(of: "*/") else { return false }
        rest = rest[end.upperBound...]
      } else {
        break
      }
    }
    let word = rest.prefix(while: \.isLetter).lowercased()
    return word == "select" || word == "with" || word == "values"
  }
}
