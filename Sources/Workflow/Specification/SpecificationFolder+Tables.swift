// SPDX-License-Identifier: Apache-2.0
import Foundation

extension SpecificationFolder {
  /// The table of a file that has been found to be in the folder; nil after reporting.
  func table(at path: String, _ node: SpecificationNode, _ diagnostics: Diagnostics) -> CSVTable? {
    bytes(of: path, limit: CSVTable.Limit.byteCount, node, diagnostics).flatMap {
      table($0, at: path, node, diagnostics)
    }
  }

  /// The table of a file's bytes; nil after reporting.
  func table(
    _ bytes: Data, at path: String, _ node: SpecificationNode, _ diagnostics: Diagnostics
  ) -> CSVTable? {
    guard let text = text(bytes, of: path, node, diagnostics) else { return nil }
    do {
      return try CSVTable(text, file: name(of: path, beside: node))
    } catch {
      error.diagnostics.forEach(diagnostics.report)
      return nil
    }
  }

  /// The bytes of a file that has been found to be in the folder; nil after reporting.
  func bytes(
    of path: String, limit: Int, _ node: SpecificationNode, _ diagnostics: Diagnostics
  ) -> Data? {
    guard let directory else { return nil }
    let file = directory.appendingPathComponent(path)
    do {
      // The size first: a file may be larger than memory.
      let size =
        try FileManager.default.attributesOfItem(
          atPath: file.resolvingSymlinksInPath().path)[.size] as? Int
      if let size, size > limit {
        diagnostics.error(
          "'\(path)' has \(size) bytes, more than the \(limit) that are read", at: node)
        return nil
      }
      return try Data(contentsOf: file)
    } catch {
      diagnostics.error("'\(path)' cannot be read: \(error.localizedDescription)", at: node)
      return nil
    }
  }

  /// The text of a file's bytes; nil after reporting.
  func text(
    _ bytes: Data, of path: String, _ node: SpecificationNode, _ diagnostics: Diagnostics
  ) -> String? {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    diagnostics.error("'\(path)' is not text in UTF-8", at: node)
    return nil
  }

  /// How a file is called in diagnostics: beside the file that names it.
  func name(of path: String, beside node: SpecificationNode) -> String {
    let parent = node.location.file.lastIndex(of: "/").map { node.location.file[...$0] } ?? ""
    return parent + path
  }
}
