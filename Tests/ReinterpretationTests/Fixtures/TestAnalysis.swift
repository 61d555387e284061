// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A small preserved analysis on disk, with two validation signals.
struct TestAnalysis {
  let folder: URL

  /// Writes the analysis' files into a folder.
  init(in folder: URL, changes: [String: String?] = [:]) throws {
    self.folder = folder
    for (path, text) in Self.files.merging(changes, uniquingKeysWith: { $1 }) {
      if let text { try Self.write(text, folder.appendingPathComponent(path)) }
    }
  }

  /// Writes a signal file beside the analysis.
  func signal(_ name: String, yields: String, point: String = "m: 2", more: String = "") throws
    -> String
  {
    let file = folder.appendingPathComponent("\(name).yaml")
    try Self.write(
      "schema: 1\nsignal: \(name)\npoint: {\(point)}\nyields: {SR: \(yields)}\n\(more)\n", file)
    return file.path
  }

  private static func write(_ text: String, _ file: URL) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  static let specification = """
    schema: 1
    analysis: toy
    title: A made-up search
    references: ["arXiv:0000.00000"]
    luminosity_ifb: 139
    signal: {yields: {SR: 2}}
    steps:
      - id: background
        kind: background
        inputs: {counts: file.data/background.json}
      - id: test
        kind: decision
        inputs: {background: background.number, yields: signal.yields}
        parameters: {sensitivity: 1}
    validate: {signals: signals/*.yaml, expected: expected/*.yaml}
    """

  /// exp(−(6 + 4)/10) and exp(−(20 + 40)/10), in closed form.
  private static let files: [String: String?] = [
    "analysis.yaml": specification,
    "data/background.json": "10",
    "README.md": "# A made-up search\n",
    "signals/light.yaml": "schema: 1\nsignal: light\npoint: {m: 1}\nyields: {SR: [20, 40]}\n",
    "signals/heavy.yaml": "schema: 1\nsignal: heavy\npoint: {m: 3}\nyields: {SR: [6, 4]}\n",
    "expected/light.yaml": """
    schema: 1
    signal: light
    source: closed form
    results: [{step: test, quantity: cls, value: 0.0024787521766663585, tolerance: {relative: 1e-12}}]
    """,
    "expected/heavy.yaml": """
    schema: 1
    signal: heavy
    source: closed form
    results: [{step: test, quantity: cls, value: 0.36787944117144233, tolerance: {relative: 1e-12}}]
    """,
  ]
}
