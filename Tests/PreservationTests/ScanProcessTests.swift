// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Preservation
import Testing
import Workflow

/// A scan in a folder, and this very test program as the processes that work on it.
private struct ScanProcesses {
  static let variable = "REPRISE_TEST_SCAN_FOLDER"
  static let pointsInRound = 40
  let folder: URL

  var registryFolder: URL { folder.appendingPathComponent("registry") }
  private var refusal: URL { folder.appendingPathComponent("refusal") }

  init() {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-tests-\(UUID().uuidString)")
  }

  init(folder: URL) { self.folder = folder }

  func create() throws -> Registry {
    let registry = try Registry(directory: registryFolder)
    let version = try registry.register(
      "made-up", title: "", fingerprint: digest("made up"), files: [:]
    ).version
    _ = try registry.createScan(
      "plane", of: version, specification: ["scan": 1], family: ["signal": 1], seed: 1,
      engine: "tests")
    return registry
  }

  func remove() {
    try? FileManager.default.removeItem(at: folder)  // A leftover is harmless.
  }

  func start() throws -> Process {
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    child.arguments = ["--testing-library", "swift-testing", "--filter", "childProcessScans"]
    child.environment = ProcessInfo.processInfo.environment.merging(
      [Self.variable: folder.path]) { _, given in given }
    child.standardOutput = FileHandle.nullDevice
    child.standardError = FileHandle.nullDevice
    try child.run()
    return child
  }

  /// What a child does until it is killed: go on where the log ends, a round after the other.
  func work() throws {
    let registry = try Registry(directory: registryFolder, create: false)
    let scan: ScanRecord
    do {
      scan = try registry.startScan(registry.scan("plane"))
    } catch let error as RegistryError {
      try Data(error.description.utf8).write(to: refusal)
      return
    }
    while true {
      let log = try registry.log(of: scan)
      let answered = log.latestOutcomes
      let pending = log.proposals.filter { answered[$0.number] == nil }
      if pending.isEmpty {
        let round = (log.proposals.last?.round ?? 0) + 1
        try registry.propose(Self.points(log.proposals.count, round: round), in: scan)
      } else {
        try registry.record(
          pending.map { .failed($0.number, attempt: 1, run: nil, message: "no \($0.number)") },
          in: scan)
      }
    }
  }

  /// The same whoever proposes them.
  static func points(_ first: Int, round: Int) -> [ScanProposalRow] {
    (first..<(first + pointsInRound)).map {
      proposal($0, round: round, at: 1 / Double($0 + 1))
    }
  }

  func refusalText() throws -> String { try String(contentsOf: refusal, encoding: .utf8) }
}

@Suite(.serialized) struct ScanProcessTests {
  private let processes = ScanProcesses()

  /// The moments are seeded; nearly all of a child's time is inside a transaction.
  @Test func killedAtAnyMomentARoundIsWholeOrNotThere() async throws {
    defer { processes.remove() }
    let registry = try processes.create()
    var random = SplitMix(state: 5)
    var length = 0
    for _ in 0..<6 {
      let child = try processes.start()
      defer { if child.isRunning { kill(child.processIdentifier, SIGKILL) } }
      let scan = try registry.scan("plane")
      // Whatever the machine's speed: the kill comes after the first rounds of this child.
      while try registry.log(of: scan).proposals.count < length + 80, child.isRunning {
        try await Task.sleep(for: .milliseconds(2))
      }
      #expect(child.isRunning)
      try await Task.sleep(for: .microseconds(Int.random(in: 0...40_000, using: &random)))
      kill(child.processIdentifier, SIGKILL)
      child.waitUntilExit()
      #expect(try registry.scan("plane").isInterrupted)
      let log = try registry.log(of: scan)
      length = log.proposals.count
      #expect(length % ScanProcesses.pointsInRound == 0)
      #expect(log.outcomes.count % ScanProcesses.pointsInRound == 0)
      #expect([0, ScanProcesses.pointsInRound].contains(length - log.outcomes.count))
      let rounds = length / ScanProcesses.pointsInRound
      let expected = (0..<rounds).flatMap {
        ScanProcesses.points($0 * ScanProcesses.pointsInRound, round: $0 + 1)
      }
      #expect(log.proposals == expected)
    }
    // Nothing needs unlocking.
    let scan = try registry.startScan(registry.scan("plane"))
    #expect(try registry.endScan(scan, as: .stopped, reason: "enough").proposed == length)
  }

  @Test func theSecondProcessIsToldWhoRunsTheScan() async throws {
    defer { processes.remove() }
    let registry = try processes.create()
    let first = try processes.start()
    defer { if first.isRunning { kill(first.processIdentifier, SIGKILL) } }
    while try registry.scan("plane").status != .running, first.isRunning {
      try await Task.sleep(for: .milliseconds(5))
    }
    let second = try processes.start()
    second.waitUntilExit()
    #expect(second.terminationStatus == 0)
    #expect(
      try processes.refusalText().contains("is run by process \(first.processIdentifier) on "))
    let error = #expect(throws: RegistryError.self) {
      try registry.startScan(registry.scan("plane"))
    }
    #expect(error?.code == .busy)
    #expect(try registry.requestStop(of: registry.scan("plane")).status == .running)
    kill(first.processIdentifier, SIGKILL)
    first.waitUntilExit()
    #expect(try registry.requestStop(of: registry.scan("plane")).status == .stopped)
  }
}

/// What child processes do; nothing in the tests' own process.
@Suite struct ScanChildTests {
  @Test(.enabled(if: ProcessInfo.processInfo.environment[ScanProcesses.variable] != nil))
  func childProcessScans() throws {
    let folder = try #require(ProcessInfo.processInfo.environment[ScanProcesses.variable])
    try ScanProcesses(folder: URL(fileURLWithPath: folder)).work()
  }
}
