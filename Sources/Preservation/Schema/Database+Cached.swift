// SPDX-License-Identifier: Apache-2.0
import GRDB

extension Database {
  /// A statement that is compiled once for each connection: compiling takes longer than running.
  ///
  /// For statements with a constant text only.
  func executeCached(sql: String, arguments: StatementArguments) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }
}
