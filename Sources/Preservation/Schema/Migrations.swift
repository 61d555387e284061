// SPDX-License-Identifier: Apache-2.0
import GRDB

/// The schema's history. A migration that was released never changes and names no Swift type; what
/// they add up to is in `registry/schema.sql`.
enum Migrations {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("0001 spine") { try $0.execute(sql: migration0001Spine) }
    migrator.registerMigration("0002 scans") { try $0.execute(sql: migration0002Scans) }
    return migrator
  }
}
