// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB

/// The format of an exported version: an SQLite file of its own.
///
/// It holds the version's files in pieces, and its results with the provenance of each, for people
/// who read it with any SQLite shell. It is made once and then only read.
enum BundleFormat {
  /// "RPRS": how file(1) and we tell such a file from other SQLite files.
  static let applicationID = 0x5250_5253
  static let number = 1
  /// Bytes in a piece of a file. SQLite would allow a gigabyte, and memory would have to hold it.
  static let chunkSize = 4 << 20
  /// Files in a bundle that is imported.
  static let fileLimit = 10_000

  static let schema = """
    CREATE TABLE manifest (
      analysis TEXT NOT NULL,
      number INTEGER NOT NULL,
      title TEXT NOT NULL,
      fingerprint TEXT NOT NULL,
      registeredAt TEXT NOT NULL,
      exportedAt TEXT NOT NULL
    ) STRICT;

    CREATE TABLE file (
      path TEXT PRIMARY KEY,
      digest TEXT NOT NULL,
      byteCount INTEGER NOT NULL,
      mediaType TEXT NOT NULL
    ) STRICT;

    CREATE TABLE chunk (
      digest TEXT NOT NULL,
      position INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      PRIMARY KEY (digest, position)
    ) STRICT;

    CREATE TABLE result (
      run INTEGER NOT NULL,
      signal TEXT NOT NULL,
      signalFingerprint TEXT NOT NULL,
      point TEXT NOT NULL,
      seed TEXT NOT NULL,
      step TEXT NOT NULL,
      stepFingerprint TEXT NOT NULL,
      kind TEXT NOT NULL,
      kindVersion INTEGER NOT NULL,
      engine TEXT NOT NULL,
      host TEXT NOT NULL,
      recordedAt TEXT NOT NULL,
      seconds REAL NOT NULL,
      quantity TEXT NOT NULL,
      subject TEXT,
      sigma INTEGER,
      value REAL NOT NULL,
      uncertainty REAL,
      entries INTEGER,
      sumW REAL,
      sumW2 REAL,
      unit TEXT
    ) STRICT;
    """
}
