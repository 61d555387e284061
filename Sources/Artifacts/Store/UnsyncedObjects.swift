// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// Objects that have their names and whose bytes may not be on the disk yet.
final class UnsyncedObjects: Sendable {
  private let paths = Mutex<[String]>([])
  /// So many are synced one by one; for more it takes less time to sync the whole file system.
  private static let fewest = 8

  func add(_ path: String) { paths.withLock { $0.append(path) } }

  /// Who puts or syncs meanwhile waits: what one call leaves to another must be on the disk when
  /// either returns.
  func synchronize(in directory: URL) throws {
    try paths.withLock { paths in
      guard !paths.isEmpty else { return }
      if paths.count <= Self.fewest || !FileSystem.synchronize(directory.path) {
        // One that somebody removed meanwhile has nothing left to sync.
        for path in paths where access(path, F_OK) == 0 {
          try FileDescriptor(reading: path).synchronize()
        }
        for folder in Set(paths.map { ($0 as NSString).deletingLastPathComponent }) {
          try FileDescriptor.synchronizeDirectory(folder)
        }
        try FileDescriptor.synchronizeDirectory(directory.path)
      }
      paths = []
    }
  }
}

private enum FileSystem {
  /// syncfs(2). glibc declares it for GNU sources alone, so it is looked up by its name.
  private static let syncfs = dlsym(nil, "syncfs").map {
    unsafeBitCast($0, to: (@convention(c) (Int32) -> Int32).self)
  }

  /// Whether all of the file system that holds a folder is on the disk now; false to do it file by
  /// file, which also tells what is wrong.
  static func synchronize(_ folder: String) -> Bool {
    guard let syncfs else { return false }
    let number = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { return false }
    defer { close(number) }
    return syncfs(number) == 0
  }
}
