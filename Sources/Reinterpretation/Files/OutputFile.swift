// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Files that commands write.
public enum OutputFile {
  /// Replaces a file by a rename, so that nobody sees half of it and an interruption leaves the old
  /// one. A link is followed; a device or a pipe (`/dev/stdout`) is written to, not replaced.
  ///
  /// - Throws: a place that can't be written to.
  public static func write(_ text: String, to path: String) throws(Failure) {
    try write(Data(text.utf8), to: path)
  }

  static func write(_ bytes: Data, to path: String) throws(Failure) {
    try check(path)
    do {
      let file = URL(fileURLWithPath: path)
      guard isReplaceable(path) else {
        let handle = try FileHandle(forWritingTo: file)
        try handle.write(contentsOf: bytes)
        try handle.close()
        return
      }
      try bytes.write(to: file.resolvingSymlinksInPath(), options: .atomic)
    } catch {
      throw Failure.refused("\(path): can't be written there (\(error.localizedDescription)).")
    }
  }

  private static func check(_ path: String) throws(Failure) {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw Failure.refused("\(path): this is a folder; name a file in it.")
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder) else {
      throw Failure.refused("\(path): can't be written there; make the folder '\(folder)' first.")
    }
  }

  /// A regular file, or none yet.
  private static func isReplaceable(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }
}
