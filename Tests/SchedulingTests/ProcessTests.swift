// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Preservation
import Scheduling
import Testing
import Workflow

/// A kind that leaves a file for every execution, so that processes can be counted together.
private struct MarkingKind: StepKind {
  struct Parameters: Codable, Sendable { let label: String, milliseconds: Int }
  static let name = "marking"
  static let version = 1
  let folder: URL

  func parameters(from node: SpecificationNode?, in context: ParameterContext) -> Parameters? {
    nil
  }
  func ports(for parameters: Parameters) -> Ports { Ports(inputs: [], outputs: []) }

  func run(_ parameters: Parameters, in context: StepContext) async throws -> StepOutput {
    try Data(parameters.label.utf8).write(
      to: context.scratch.appendingPathComponent("half-written"))
    try await Task.sleep(for: .milliseconds(parameters.milliseconds))
    let artifact = try context.store.put(
      Data(repeating: 1, count: 100_000) + Data(parameters.label.utf8), mediaType: "text/plain")
    let mark = "\(parameters.label)-\(UUID().uuidString)"
    try Data().write(to: folder.appendingPathComponent(mark))
    return StepOutput(
      artifacts: ["file": artifact],
      results: [ResultValue(.yield, subject: parameters.label, value: 1.5)])
  }
}

/// A folder with a registry and marks, and this very test program as its child processes.
private struct Processes {
  static let variable = "REPRISE_TEST_CHILD_FOLDER"
  let folder: URL

  var registryFolder: URL { folder.appendingPathComponent("registry") }
  var marks: URL { folder.appendingPathComponent("marks") }

  func plan() throws -> Plan {
    var made = MadeUpPlan()
    var last: [String] = []
    for index in 0..<8 {
      let parameters = MarkingKind.Parameters(label: "s\(index)", milliseconds: 15)
      try made.add(
        "s\(index)", kind: MarkingKind.name, after: index % 3 == 0 ? last : [],
        json: CanonicalJSON.data(parameters))
      last = ["s\(index)"]
    }
    return made.plan
  }

  /// What a child does: register, begin, execute, as a command would.
  func execute() async throws -> Run {
    let registry = try Registry(directory: registryFolder)
    let version = try registry.register(
      "made-up", title: "", fingerprint: Fingerprint(of: Data("made up".utf8)), files: [:]
    ).version
    let plan = try plan()
    let run = try registry.begin(
      plan, of: version, signal: Signal(name: "s", point: [:], inputs: [:]), engine: "tests")
    return try await Scheduler(
      registry: registry, catalog: StepCatalog([MarkingKind(folder: marks)])
    ).execute(plan, as: run)
  }

  func start() throws -> Process {
    try FileManager.default.createDirectory(at: marks, withIntermediateDirectories: true)
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    child.arguments = ["--testing-library", "swift-testing", "--filter", "childProcessExecutes"]
    child.environment = ProcessInfo.processInfo.environment.merging(
      [Self.variable: folder.path]) { _, given in given }
    child.standardOutput = FileHandle.nullDevice
    child.standardError = FileHandle.nullDevice
    try child.run()
    return child
  }

  /// How many marks each step left.
  func executions() throws -> [String: Int] {
    try FileManager.default.contentsOfDirectory(atPath: marks.path).reduce(into: [:]) {
      $0[String($1.prefix { $0 != "-" }), default: 0] += 1
    }
  }

  /// All rows that don't tell when or by whom.
  func rows() throws -> [String] {
    let registry = try Registry(directory: registryFolder, create: false)
    return try [
      "SELECT step, kind, fingerprint, status, reason FROM stepRun ORDER BY run, position",
      "SELECT fingerprint, kind, kindVersion, components, log FROM stepOutput ORDER BY fingerprint",
      "SELECT step, quantity, subject, value FROM results ORDER BY step",
      "SELECT digest, byteCount FROM artifact ORDER BY digest",
      "SELECT status, message, seed, planFingerprint FROM run", "SELECT * FROM lease",
    ].flatMap { try registry.query($0).rows.map { "\($0)" } }
  }
}

@Suite(.serialized) struct ProcessTests {
  private let processes: Processes
  private let undisturbed: Processes

  init() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-tests-\(UUID().uuidString)")
    processes = Processes(folder: folder.appendingPathComponent("disturbed"))
    undisturbed = Processes(folder: folder.appendingPathComponent("undisturbed"))
    for folder in [processes.marks, undisturbed.marks] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
  }

  private func removeAll() {
    let folder = processes.folder.deletingLastPathComponent()
    try? FileManager.default.removeItem(at: folder)  // A leftover is harmless.
  }

  @Test func processesThatDoTheSameExecuteEachStepOnce() async throws {
    defer { removeAll() }
    let children = try (0..<3).map { _ in try processes.start() }
    for child in children {
      child.waitUntilExit()
      #expect(child.terminationStatus == 0)
    }
    let once = try processes.plan().steps.map { ($0.id, 1) }
    #expect(try processes.executions() == Dictionary(uniqueKeysWithValues: once))
    _ = try await undisturbed.execute()
    #expect(try processes.rows() == (try undisturbed.rows()))
  }

  /// The moments are seeded; what a moment hits depends on the machine, and must not matter.
  ///
  /// REPRISE_TEST_KILLS: how many kills, three for each registry.
  @Test func killedAtAnyMomentItGoesOnToTheSameRows() async throws {
    defer { removeAll() }
    _ = try await undisturbed.execute()
    let rows = try undisturbed.rows()
    var random = SplitMix(state: 3)
    let count = Int(ProcessInfo.processInfo.environment["REPRISE_TEST_KILLS"] ?? "9") ?? 9
    for round in 0..<max(1, count / 3) {
      let killed = Processes(folder: processes.folder.appendingPathComponent("\(round)"))
      for _ in 0..<3 {
        let child = try killed.start()
        try await Task.sleep(for: .milliseconds(Int.random(in: 10...90, using: &random)))
        kill(child.processIdentifier, SIGKILL)
        child.waitUntilExit()
      }
      let last = try killed.start()
      last.waitUntilExit()
      #expect(last.terminationStatus == 0)
      #expect(try killed.rows() == rows)
      // A step may have been cut between its mark and its row, and then has two marks.
      #expect(try killed.executions().count == 8)
      let registry = try Registry(directory: killed.registryFolder, create: false)
      #expect(try registry.unreferenced().allSatisfy { $0.sort == .temporary })
    }
  }

  /// A killed engine leaves no program running: the guardian ends the group.
  @Test func programsEndWithAProcessThatIsKilled() async throws {
    defer { removeAll() }
    let mark = "8\(UInt32.random(in: 1_000_000...9_999_999))"
    let child = Process()
    child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    child.arguments = ["--testing-library", "swift-testing", "--filter", "childProcessRuns"]
    child.environment = ProcessInfo.processInfo.environment.merging(
      ["REPRISE_TEST_CHILD_SLEEP": mark]) { _, given in given }
    child.standardOutput = FileHandle.nullDevice
    child.standardError = FileHandle.nullDevice
    try child.run()
    while try ProgramTests.alive(mark).count < 2, child.isRunning {
      try await Task.sleep(for: .milliseconds(5))
    }
    #expect(child.isRunning)
    kill(child.processIdentifier, SIGKILL)
    child.waitUntilExit()
    #expect(try await ProgramTests.isGoneSoon(mark))
  }
}

/// What child processes do; nothing in the tests' own process.
@Suite struct ChildProcessTests {
  /// The body of the child processes; as a test of its own it does nothing.
  @Test(.enabled(if: ProcessInfo.processInfo.environment[Processes.variable] != nil))
  func childProcessExecutes() async throws {
    let folder = try #require(ProcessInfo.processInfo.environment[Processes.variable])
    let run = try await Processes(folder: URL(fileURLWithPath: folder)).execute()
    #expect(run.status == .succeeded)
  }

  /// The body of that child process.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["REPRISE_TEST_CHILD_SLEEP"] != nil))
  func childProcessRuns() async throws {
    let mark = try #require(ProcessInfo.processInfo.environment["REPRISE_TEST_CHILD_SLEEP"])
    let script = "trap '' TERM; (trap '' TERM; sleep \(mark)) & sleep \(mark)"
    _ = try await LocalProgramRunner().run(
      ProgramInvocation(
        arguments: ["sh", "-c", script], directory: FileManager.default.temporaryDirectory,
        timeLimit: .seconds(120)))
  }
}
