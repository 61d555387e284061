// SPDX-License-Identifier: Apache-2.0

/// Media types of the files that analyses and signals bring.
public enum MediaType {
  /// The type that goes with a file's name; `application/octet-stream` for names that say nothing.
  public static func ofFile(named name: String) -> String {
    guard let dot = name.lastIndex(of: ".") else { return unknown }
    return types[name[name.index(after: dot)...].lowercased()] ?? unknown
  }

  /// Bytes nobody knows anything about.
  public static let unknown = "application/octet-stream"

  private static let types = [
    "csv": "text/csv", "gz": "application/gzip", "json": "application/json",
    "md": "text/markdown", "root": "application/x-root", "svg": "image/svg+xml",
    "txt": "text/plain", "yaml": "application/yaml", "yml": "application/yaml",
  ]
}
