// SPDX-License-Identifier: Apache-2.0
public import Artifacts
public import Foundation
import GRDB
import Synchronization

/// Everything preserved and everything computed: one SQLite file and one content-addressed folder.
///
/// ```
/// registry/registry.sqlite     rows; the schema guards every invariant
/// registry/objects/ab/cdef…    bytes, named by their digest
/// registry/work/…              scratch of executions under way
/// ```
/// Several processes may use one registry at the same time. A value is opened once and shared; its
/// methods are synchronous, thread-safe and short, and throw `RegistryError`.
public final class Registry: Sendable {
  /// The folder of the registry.
  public let directory: URL
  /// The bytes that rows name.
  public let store: ArtifactStore
  /// This process and this value, as leases know them.
  let holder: LeaseHolder
  private let pool: DatabasePool
  /// When this value last waited for the disk.
  private let lastSync = Mutex(ContinuousClock.now)

  /// Opens the registry in `directory`, creating it when `create`; migrates under SQLite's lock.
  ///
  /// Throws: `notFound` (no registry there and not to be created), `newerSchema`, `corrupt`,
  /// `unwritable`, `busy`.
  public init(directory: URL, create: Bool = true) throws {
    self.directory = directory
    let file = directory.appendingPathComponent("registry.sqlite").path
    if !FileManager.default.fileExists(atPath: file) {
      guard create else {
        throw RegistryError(
          .notFound,
          "there is no registry in \(directory.path); register an analysis, or name another folder")
      }
      do {
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
      } catch {
        throw RegistryError(
          .unwritable, "\(directory.path) can't be created: \(error.localizedDescription)")
      }
    }
    pool = try Self.translating(file) { try Connection.open(file) }
    do {
      // Synced before the rows that name its objects are.
      store = try ArtifactStore(
        directory: directory.appendingPathComponent("objects"), syncsEachObject: false)
    } catch let error as ArtifactError {
      throw RegistryError(.unwritable, error.description)
    }
    holder = try LeaseHolder.current()
  }

  /// Folder of executions under way; each has a folder of its own in it.
  public var workDirectory: URL { directory.appendingPathComponent("work", isDirectory: true) }

  var databasePath: String { pool.path }

  func read<T>(_ body: (Database) throws -> T) throws -> T {
    try Self.translating(pool.path) { try pool.read(body) }
  }

  /// One short transaction; it outlives this process.
  ///
  /// durably: it is on the disk when this returns, and outlives the machine too, as does all that
  /// was written before. A write waits for the disk anyway when the last such wait is more than a
  /// second ago, so that many short ones are never all at stake.
  func write<T>(durably: Bool = false, _ body: (Database) throws -> T) throws -> T {
    try Self.translating(pool.path) {
      guard durably || isSyncDue else { return try pool.write(body) }
      try synchronizeStore()
      let value = try pool.writeWithoutTransaction { database in
        // The setting can't change inside a transaction, and belongs to the connection.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        defer { restoreNormal(database) }
        var value: T?
        try database.inTransaction(.immediate) {
          value = try body(database)
          return .commit
        }
        guard let value else { throw RegistryError(.refused, "the transaction was rolled back") }
        return value
      }
      lastSync.withLock { $0 = .now }
      return value
    }
  }

  /// Bytes first: a row on the disk names nothing that isn't.
  private func synchronizeStore() throws {
    do {
      try store.synchronize()
    } catch let error as ArtifactError {
      throw RegistryError(.unwritable, error.description)
    }
  }

  private var isSyncDue: Bool { lastSync.withLock { .now - $0 > .seconds(1) } }

  private func restoreNormal(_ database: Database) {
    do {
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
    } catch {
      // Staying at FULL is slower, never wrong.
    }
  }

  static func translating<T>(_ file: String, _ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw RegistryError(error, in: file)
    }
  }
}

extension Registry {
  /// The schema as SQL text in the order of its creation: what `registry/schema.sql` holds.
  package func schema() throws -> String {
    try read { database in
      let statements = try String.fetchAll(
        database,
        sql: """
          SELECT sql FROM sqlite_schema
          WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'grdb%'
          ORDER BY rowid
          """)
      return statements.map { $0 + ";\n" }.joined(separator: "\n")
    }
  }
}
