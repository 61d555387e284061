// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB

/// Opening the one file: settings, migrations, and refusal of what a newer program made.
enum Connection {
  /// Seconds a writer waits for another process's write transaction.
  static let busyTimeout: TimeInterval = 20

  static var configuration: Configuration {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(busyTimeout)
    configuration.label = "registry"
    configuration.prepareDatabase { database in
      // Else INSERT OR REPLACE deletes rows behind the back of the triggers that forbid it.
      try database.execute(sql: "PRAGMA recursive_triggers = ON")
      // 16 MB of log before it is copied into the file, which waits for the disk twice.
      try database.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
    }
    return configuration
  }

  /// A pool on the migrated file. Two processes that create it at the same time both succeed.
  static func open(_ file: String) throws -> DatabasePool {
    var attempts = 0
    while true {
      do {
        let pool = try DatabasePool(path: file, configuration: configuration)
        try migrate(pool)
        return pool
      } catch let error as DatabaseError
        where attempts < 50 && isRaceOfCreators(error)
      {
        // SQLite doesn't wait while another process turns on WAL or creates the tables.
        attempts += 1
        Thread.sleep(forTimeInterval: 0.02)
      }
    }
  }

  private static func isRaceOfCreators(_ error: DatabaseError) -> Bool {
    error.resultCode == .SQLITE_BUSY || error.resultCode == .SQLITE_LOCKED
      || (error.resultCode == .SQLITE_ERROR
        && (error.message ?? "").hasSuffix("already exists"))
  }

  private static func migrate(_ pool: DatabasePool) throws {
    let migrator = Migrations.migrator
    let isNewer = try pool.read { database in
      guard try database.tableExists("grdb_migrations") else { return false }
      return try migrator.hasBeenSuperseded(database)
    }
    guard !isNewer else {
      throw RegistryError(
        .newerSchema,
        "\(pool.path) was made by a newer version of this program; update the program to open it")
    }
    if try !pool.read(migrator.hasCompletedMigrations) {
      try migrator.migrate(pool)
    }
  }
}
