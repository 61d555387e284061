// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory

extension InferenceBenchmark {
  /// From the start of a process to the first −log L of a workspace of two megabytes, beside nothing
  /// but the import of pyhf.
  func start() throws {
    let small = file("2019-09_offshell")
    let large = FileManager.default.temporaryDirectory
      .appending(path: "benchmark-\(ProcessInfo.processInfo.processIdentifier).json")
    try Self.spread(small, to: large)
    // A temporary file: no harm if it stays.
    defer { try? FileManager.default.removeItem(at: large) }
    let bytes = try Data(contentsOf: large).count
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let ours = try Self.leastOfChildren(
      of: 15, program, ["first-likelihood", large.path(percentEncoded: false)])
    let other = try peer.map {
      try Self.leastOfChildren(of: 5, $0.python, ["-c", "import pyhf"])
    }
    report(
      SpeedRow(
        measure: "start to first NLL", subject: small.name, ours: ours,
        other: "python -c 'import pyhf'", seconds: other, goal: .faster(40),
        note: String(format: "%.1f MB", Double(bytes) * 1e-6)))
  }

  /// What the process does whose time is taken. It ends there: nothing is put away.
  static func firstLikelihood(_ path: String) throws -> Never {
    let model = try WorkspaceFile(path: path).model()
    print(Likelihood(model, data: model.data).negativeLogLikelihood(model.inits))
    fflush(nil)
    withExtendedLifetime(model) { exit(0) }
  }

  /// The same workspace with spaces and line breaks, as most are published.
  private static func spread(_ file: WorkspaceFile, to url: URL) throws {
    let document = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(filePath: file.path)))
    let text = String(
      decoding: try JSONSerialization.data(withJSONObject: document, options: .prettyPrinted),
      as: UTF8.self)
    try Data(text.replacing("  ", with: "    ").utf8).write(to: url)
  }

  /// Processor time of a child process.
  private static func leastOfChildren(
    of runs: Int, _ program: String, _ arguments: [String]
  ) throws -> Double {
    var least = Double.infinity
    for _ in 0..<runs {
      let start = ProcessorTime.children
      let process = Process()
      process.executableURL = URL(filePath: program)
      process.arguments = arguments
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      least = min(least, ProcessorTime.children - start)
    }
    return least
  }
}
