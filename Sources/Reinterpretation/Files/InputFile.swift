// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Bytes from outside, never more of them than a limit.
enum InputFile {
  /// Largest YAML file: 4 MiB.
  static let largestSpecification = 4 << 20
  /// Largest workspace, patch or list of parameters: 256 MiB.
  static let largestDocument = 256 << 20

  /// A file's bytes; a pipe is read to its end.
  ///
  /// - Parameter path: "-" is standard input.
  /// - Throws: `Failure` when there is no such file, it is a folder, or it exceeds the limit.
  static func bytes(of path: String, limit: Int) throws -> Data {
    if path == "-" { return try read(.standardInput, named: "standard input", limit: limit) }
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw Failure.refused("\(path): there is no such file.")
    }
    guard !isDirectory.boolValue else {
      throw Failure.refused("\(path): this is a folder; name the file in it.")
    }
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { close(handle) }
    return try read(handle, named: path, limit: limit)
  }

  /// The path as it is shown: relative to the current folder where it lies below it.
  static func display(_ file: URL) -> String {
    let current = FileManager.default.currentDirectoryPath + "/"
    let path = file.standardizedFileURL.path
    return path.hasPrefix(current) ? String(path.dropFirst(current.count)) : path
  }

  /// A YAML file's text, which must be UTF-8 and of bearable size.
  static func text(of file: URL) throws -> String {
    let path = display(file)
    let content = try bytes(of: path, limit: largestSpecification)
    guard let text = String(validating: content, as: UTF8.self) else {
      throw Failure.refused("\(path): this is not UTF-8 text.")
    }
    return text
  }

  private static func read(_ handle: FileHandle, named name: String, limit: Int) throws -> Data {
    var bytes = Data()
    while let part = try handle.read(upToCount: limit + 1 - bytes.count), !part.isEmpty {
      bytes.append(part)
      guard bytes.count <= limit else {
        throw Failure.refused("\(name): this is larger than \(limit >> 20) MiB, the limit.")
      }
    }
    return bytes
  }

  private static func close(_ handle: FileHandle) {
    // Nothing was written: a failing close loses nothing.
    try? handle.close()
  }
}
