// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The built `reprise`, run as a real process.
struct CommandLineTool {
  struct Output {
    let status: Int32
    let standardOutput: String
    let standardError: String

    /// The JSON object on standard output.
    var object: [String: Any] {
      get throws { try value as? [String: Any] ?? [:] }
    }

    /// The JSON list of objects on standard output.
    var objects: [[String: Any]] {
      get throws { try value as? [[String: Any]] ?? [] }
    }

    private var value: Any {
      get throws { try JSONSerialization.jsonObject(with: Data(standardOutput.utf8)) }
    }
  }

  /// Working directory and home of the processes.
  let directory: URL
  var environment: [String: String] = [:]

  init(in directory: URL) {
    self.directory = directory
    environment = [
      "HOME": directory.path, "PATH": "/usr/bin:/bin", "COLUMNS": "80", "TZ": "America/New_York",
      "REPRISE_REGISTRY": directory.appendingPathComponent("registry").path,
    ]
  }

  /// Beside the test bundle, or where REPRISE_BINARY says.
  static let binary: URL = {
    if let path = ProcessInfo.processInfo.environment["REPRISE_BINARY"] {
      return URL(fileURLWithPath: path)
    }
    let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return bundle.deletingLastPathComponent().appendingPathComponent("reprise")
  }()

  /// Works in a folder of its own that holds these files, by name.
  static func use<Value>(
    _ files: [String: String], _ work: (CommandLineTool) throws -> Value
  ) throws -> Value {
    try TemporaryFolder.use { folder in
      for (name, text) in files {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
      }
      return try work(CommandLineTool(in: folder))
    }
  }

  /// Runs to the end.
  func run(_ arguments: String..., input: String? = nil) throws -> Output {
    try run(arguments, input: input)
  }

  func run(_ arguments: [String], input: String? = nil) throws -> Output {
    let running = try start(arguments, input: input)
    return try running.wait()
  }

  /// Starts and does not wait.
  func start(_ arguments: [String], input: String? = nil) throws -> Running {
    try Running(self, arguments, input: input)
  }

  /// A process under way; its output goes to files, so that no pipe can fill up.
  final class Running {
    let process = Process()
    private let folder: URL

    init(_ tool: CommandLineTool, _ arguments: [String], input: String?) throws {
      folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("reprise-output-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
      for name in ["out", "err", "in"] {
        try Data((name == "in" ? input ?? "" : "").utf8)
          .write(to: folder.appendingPathComponent(name))
      }
      process.executableURL = CommandLineTool.binary
      process.arguments = arguments
      process.environment = tool.environment
      process.currentDirectoryURL = tool.directory
      process.standardInput = try FileHandle(forReadingFrom: folder.appendingPathComponent("in"))
      process.standardOutput = try FileHandle(forWritingTo: folder.appendingPathComponent("out"))
      process.standardError = try FileHandle(forWritingTo: folder.appendingPathComponent("err"))
      try process.run()
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    func wait() throws -> Output {
      process.waitUntilExit()
      // Nobody looks for what is left of an output file.
      defer { try? FileManager.default.removeItem(at: folder) }
      let status = process.terminationStatus
      return Output(
        status: process.terminationReason == .exit ? status : -status,
        standardOutput: try text("out"), standardError: try text("err"))
    }

    private func text(_ name: String) throws -> String {
      let bytes = try Data(contentsOf: folder.appendingPathComponent(name))
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
