// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Testing

/// One Python process with pyhf that answers lines of JSON (`Peer/peer.py`).
///
/// Waiting for an answer blocks a thread: it would otherwise compete with Python for its core.
actor PeerProcess {
  /// pyhf's refusal of a question, or the end of the process.
  struct Refusal: Error, CustomStringConvertible {
    let description: String
  }

  static let comment: Comment =
    "no Python with pyhf: type 'make pyhf', or name one that has it in REPRISE_PYHF"

  /// The interpreter REPRISE_PYHF names, or the one `make pyhf` made.
  static let python: URL? = {
    if let path = ProcessInfo.processInfo.environment["REPRISE_PYHF"] {
      return URL(filePath: path)
    }
    let made = root.appending(path: ".build/pyhf/bin/python3")
    return FileManager.default.isExecutableFile(atPath: made.path) ? made : nil
  }()

  /// In CI it must be there, so the tests run, and fail if not.
  static let isExpected = python != nil || ProcessInfo.processInfo.environment["CI"] != nil

  private static let shared = Result { try PeerProcess() }

  private static var tests: URL { URL(filePath: #filePath).deletingLastPathComponent() }
  private static var root: URL {
    tests.deletingLastPathComponent().deletingLastPathComponent()
  }

  /// The one process of this run; started by the first question.
  static func running() throws -> PeerProcess { try shared.get() }

  private let process = Process()
  private let questions = Pipe()
  private let answers = Pipe()
  /// What was read beyond the last answer.
  private var rest: [UInt8] = []

  private init() throws {
    guard let python = Self.python else {
      throw Refusal(description: "no Python with pyhf: type 'make pyhf', or set REPRISE_PYHF")
    }
    process.executableURL = python
    process.arguments = [Self.tests.appending(path: "Peer/peer.py").path]
    process.standardInput = questions
    process.standardOutput = answers
    try process.run()
  }

  /// Sends a question and waits for its answer.
  func ask(_ name: String, _ arguments: [String: JSONNode] = [:]) throws -> JSONNode {
    var members = [JSONMember(key: "do", value: JSONNode(.string(name)))]
    members += arguments.map { JSONMember(key: $0.key, value: $0.value) }
    let line = JSONWriter.write(JSONNode(.object(members))) + [UInt8(ascii: "\n")]
    try questions.fileHandleForWriting.write(contentsOf: Data(line))
    let reply = try JSONParser.parse(JSONText(try answer(), source: "pyhf"))
    if let answer = reply["answer"] { return answer }
    throw Refusal(description: reply["error"]?.string ?? "an answer without answer")
  }

  private func answer() throws -> [UInt8] {
    while true {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(rest[..<end])
        rest.removeSubrange(...end)
        return line
      }
      let bytes = answers.fileHandleForReading.availableData
      guard !bytes.isEmpty else {
        throw Refusal(description: "the Python process ended; what it said stands above")
      }
      rest += bytes
    }
  }
}
