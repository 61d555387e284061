// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The scan of the squark plane in a folder of a test, smaller than the shipped one.
struct ScanFolder {
  static let name = "squark-plane"
  static let files = ["scan.yaml", "scan-signal.yaml", "efficiencies.csv", "cross-sections.csv"]

  let tool: CommandLineTool
  let directory: URL

  /// Copies the scan, with at most so many points, and registers its analysis.
  init(in folder: URL, evaluations: Int = 12) throws {
    tool = CommandLineTool(in: folder)
    directory = folder.appendingPathComponent("scan")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    for file in Self.files {
      try FileManager.default.copyItem(
        atPath: Checkout.path("workflows/squark-multijet/\(file)"),
        toPath: directory.appendingPathComponent(file).path)
    }
    try replace("evaluations: \\d+", with: "evaluations: \(evaluations)")
    let registered = try tool.run("register", Checkout.path("workflows/squark-multijet"))
    #expect(registered.status == 0, "\(registered.standardError)")
  }

  /// Path of a file of the scan.
  func path(_ file: String = "scan.yaml") -> String { directory.appendingPathComponent(file).path }

  /// Changes what a regular expression finds in a file.
  func replace(_ pattern: String, with text: String, in file: String = "scan.yaml") throws {
    let old = try String(contentsOfFile: path(file), encoding: .utf8)
    let new = old.replacingOccurrences(of: pattern, with: text, options: .regularExpression)
    #expect(new != old, "\(pattern) is not in \(file)")
    try Data(new.utf8).write(to: URL(fileURLWithPath: path(file)))
  }

  /// Starts the scan and waits for its end.
  func start(_ arguments: String...) throws -> CommandLineTool.Output {
    try tool.run(["scan", "start", path()] + arguments)
  }

  /// What was proposed, what came of it and where the scan ended: the same whatever happened on
  /// the way.
  func log() throws -> [String: String] {
    let queries = [
      "proposals": """
      SELECT scan, number, round, position, point, acquisition, hyperparameters \
      FROM scanProposal ORDER BY 1, 2
      """,
      "outcomes": """
      SELECT scan, number, status, outputs, message FROM scanOutcome ORDER BY 1, 2, attempt
      """,
      "rounds":
        "SELECT scan, round, evaluations, misclassified, shift FROM scanRound ORDER BY 1, 2",
      "scans": "SELECT id, name, status, reason FROM scan ORDER BY 1",
      "results": """
      SELECT signal, step, quantity, subject, sigma, value, uncertainty FROM results \
      ORDER BY 1, 2, 3, 4, 5, 6
      """,
    ]
    return try queries.mapValues { query in
      let output = try tool.run("results", "--format", "json", "--sql", query)
      return output.status == 0 ? output.standardOutput : output.standardError
    }
  }
}
