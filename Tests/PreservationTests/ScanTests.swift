// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import GRDB
import Preservation
import Testing
import Workflow

@Suite struct ScanTests {
  let temporary: TemporaryRegistry
  var registry: Registry { temporary.registry }

  init() throws { temporary = try TemporaryRegistry() }

  @Test func whatIsCreatedIsThereAfterReopening() throws {
    let map = try registry.store.put(Data("efficiency".utf8), mediaType: "text/csv")
    let version = try temporary.register()
    let scan = try temporary.scan("plane", of: version, files: ["maps/map.csv": map], seed: .max)
    #expect(scan.status == .created)
    #expect(!scan.isInterrupted)
    let again = try temporary.reopened().scan("plane")
    #expect(again == scan)
    #expect(again.version == version)
    #expect(again.specification == #"{"scan":"plane"}"#)
    #expect(again.family == #"{"signal":"squark"}"#)
    #expect(again.seed == .max)
    #expect(again.engine == "tests 1")
    #expect(again.proposed == 0 && again.finished == 0 && again.failed == 0 && again.pending == 0)
    #expect(again.startedAt == nil && again.endedAt == nil && again.reason == nil)
    #expect(try registry.files(of: again) == ["maps/map.csv": map])
    #expect(try registry.unreferenced().isEmpty)
  }

  @Test func theSameOnceMoreIsTheSameScan() throws {
    let version = try temporary.register()
    let scan = try temporary.scan("plane", of: version)
    let again = try registry.createScan(
      "plane", of: version, specification: ["scan": "plane"], family: ["signal": "squark"],
      seed: 7, engine: "tests 2")
    #expect(!again.isNew)
    #expect(again.scan == scan)
    #expect(try registry.scans() == [scan])
  }

  @Test func anotherScanNeedsAnotherName() throws {
    let version = try temporary.register()
    _ = try temporary.scan("plane", of: version)
    let other = try temporary.register(seed: "2")
    for (version, specification, family, seed) in [
      (other, "plane", "squark", 7), (version, "other", "squark", 7),
      (version, "plane", "gluino", 7), (version, "plane", "squark", 8),
    ] {
      let error = #expect(throws: RegistryError.self) {
        try registry.createScan(
          "plane", of: version, specification: ["scan": specification],
          family: ["signal": family], seed: UInt64(seed), engine: "tests")
      }
      #expect(error?.code == .refused)
      #expect(error?.description.contains("there is a scan 'plane' already") == true)
    }
    #expect(try registry.scans().count == 1)
  }

  @Test func filesMustBeInTheStore() throws {
    let missing = Artifact(digest: digest("nowhere"), byteCount: 3, mediaType: "text/csv")
    let error = #expect(throws: RegistryError.self) {
      try temporary.scan("plane", files: ["map.csv": missing])
    }
    #expect(error?.code == .refused)
    #expect(error?.description.contains("map.csv") == true)
    #expect(try registry.scans().isEmpty)
  }

  @Test func anUnknownNameIsToldWithTheNearOnes() throws {
    let none = #expect(throws: RegistryError.self) { try registry.scan("plane") }
    #expect(none?.description.contains("none was started") == true)
    _ = try temporary.scan("squark-plane")
    let error = #expect(throws: RegistryError.self) { try registry.scan("sqark-plane") }
    #expect(error?.code == .notFound)
    #expect(error?.description.contains("squark-plane") == true)
  }

  // MARK: Running

  @Test func oneProcessRunsAScan() throws {
    let scan = try registry.startScan(temporary.scan())
    #expect(scan.status == .running)
    #expect(scan.startedAt != nil)
    let other = try temporary.reopened()
    for registry in [registry, other] {
      let error = #expect(throws: RegistryError.self) { try registry.startScan(scan) }
      #expect(error?.code == .busy)
      let process = ProcessInfo.processInfo.processIdentifier
      #expect(error?.description.contains("is run by process \(process) on ") == true)
    }
    let ended = try registry.endScan(scan, as: .finished, reason: "nothing left")
    #expect(ended.status == .finished && ended.reason == "nothing left" && ended.endedAt != nil)
    let again = try other.startScan(ended)
    #expect(again.status == .running && again.reason == nil && again.endedAt == nil)
  }

  @Test func whoDoesNotRunItWritesNothing() throws {
    let other = try temporary.reopened()
    let created = try temporary.scan()
    let before = #expect(throws: RegistryError.self) {
      try registry.propose([proposal(0, round: 1, at: 0.5)], in: created)
    }
    #expect(before?.code == .refused)
    #expect(before?.description.contains("not run by this process") == true)
    let scan = try registry.startScan(created)
    try registry.propose([proposal(0, round: 1, at: 0.5)], in: scan)
    let writes: [(Registry) throws -> Void] = [
      { try $0.propose([proposal(1, round: 2, at: 0.25)], in: scan) },
      { try $0.record(.failed(0, attempt: 1, run: nil, message: "no"), in: scan) },
      {
        try $0.record(
          ScanRoundRow(round: 1, evaluations: 0, misclassified: nil, shift: nil), in: scan)
      },
      { _ = try $0.endScan(scan, as: .failed, reason: "no") },
    ]
    let log = try registry.log(of: scan)
    for write in writes {
      let error = #expect(throws: RegistryError.self) { try write(other) }
      #expect(error?.code == .busy)
    }
    #expect(try registry.log(of: scan) == log)
    #expect(try registry.scan("plane").status == .running)
    for write in writes { try write(registry) }
  }

  /// As if the process had slept for long on another machine and somebody else had gone on.
  @Test func whoLostTheLeaseWritesNothing() throws {
    let scan = try registry.startScan(temporary.scan())
    try temporary.database().write { try $0.execute(sql: "DELETE FROM lease") }
    let other = try temporary.reopened()
    _ = try other.startScan(scan)
    let error = #expect(throws: RegistryError.self) {
      try registry.propose([proposal(0, round: 1, at: 0.5)], in: scan)
    }
    #expect(error?.code == .busy)
    try other.propose([proposal(0, round: 1, at: 0.5)], in: scan)
  }

  @Test func writingRenewsTheLease() throws {
    let scan = try registry.startScan(temporary.scan())
    let database = try temporary.database()
    try database.write {
      try $0.execute(sql: "UPDATE lease SET renewedAt = '1970-01-01T00:00:00.000Z'")
    }
    try registry.propose([proposal(0, round: 1, at: 0.5)], in: scan)
    let renewed = try database.read {
      try String.fetchOne($0, sql: "SELECT renewedAt FROM lease")
    }
    #expect(renewed?.hasPrefix("1970") == false)
  }

  @Test func anEndHasAReason() throws {
    let scan = try registry.startScan(temporary.scan())
    #expect(throws: RegistryError.self) { try registry.endScan(scan, as: .stopped, reason: "") }
    #expect(try registry.scan("plane").status == .running)
    _ = try registry.endScan(scan, as: .stopped, reason: "interrupted")
  }

  // MARK: Stopping

  @Test func aRunningScanIsAskedToStop() throws {
    let scan = try registry.startScan(temporary.scan())
    let other = try temporary.reopened()
    #expect(try !registry.isStopRequested(of: scan))
    #expect(try other.requestStop(of: scan).status == .running)
    #expect(try registry.isStopRequested(of: scan))
    _ = try registry.endScan(scan, as: .stopped, reason: "stopped on request")
    // What was asked of one process isn't asked of the next.
    let again = try other.startScan(scan)
    #expect(try !other.isStopRequested(of: again))
  }

  @Test func aScanThatNobodyRunsStopsAtOnce() throws {
    let created = try temporary.scan()
    let stopped = try registry.requestStop(of: created)
    #expect(stopped.status == .stopped && stopped.reason == "stopped on request")
    #expect(try registry.requestStop(of: created) == stopped)
    // A process that died left it running.
    let scan = try registry.startScan(stopped)
    let gone = try endedHolder()
    try temporary.database().write {
      try $0.execute(sql: "UPDATE lease SET holder = ?", arguments: [gone])
      try $0.execute(sql: "UPDATE scan SET holder = ?", arguments: [gone])
    }
    #expect(try registry.scan("plane").isInterrupted)
    #expect(try registry.requestStop(of: scan).status == .stopped)
    #expect(try !registry.scan("plane").isInterrupted)
  }

  @Test func whatEndedStaysAsItIs() throws {
    let scan = try registry.startScan(temporary.scan())
    let finished = try registry.endScan(scan, as: .finished, reason: "all points are done")
    #expect(try registry.requestStop(of: scan) == finished)
  }

  @Test func aScanOfADeadProcessIsTakenOver() throws {
    let scan = try registry.startScan(temporary.scan())
    try registry.propose([proposal(0, round: 1, at: 0.5)], in: scan)
    let gone = try endedHolder()
    try temporary.database().write {
      try $0.execute(sql: "UPDATE lease SET holder = ?", arguments: [gone])
    }
    let other = try temporary.reopened()
    let again = try other.startScan(scan)
    #expect(again.pending == 1)
    try other.propose([proposal(1, round: 2, at: 0.25)], in: again)
  }

  /// This process as it would be with another start time: it is gone.
  private func endedHolder() throws -> String {
    let lease = try #require(try registry.acquireLease(on: digest("any")))
    var parts = lease.holder.split(separator: "/", omittingEmptySubsequences: false)
      .map(String.init)
    parts[4] = "1"
    return parts.joined(separator: "/")
  }

  @Test(arguments: ScanStatus.allCases, ScanStatus.allCases)
  func scansMoveAlongTheTableOnly(from: ScanStatus, to: ScanStatus) throws {
    let scan = try temporary.scan()
    let database = try temporary.database()
    func move(_ status: ScanStatus) throws {
      try database.write {
        try $0.execute(
          sql: "UPDATE scan SET status = ?, reason = 'why' WHERE id = ?",
          arguments: [status.rawValue, scan.id])
      }
    }
    if from != .created { try move(.running) }
    try move(from)
    let legal: Set<[ScanStatus]> = [
      [.created, .running], [.created, .stopped], [.running, .stopped], [.running, .finished],
      [.running, .failed], [.stopped, .running], [.finished, .running], [.failed, .running],
    ]
    if from == to || legal.contains([from, to]) {
      try move(to)
      #expect(try registry.scan("plane").status == to)
    } else {
      #expect(throws: DatabaseError.self) { try move(to) }
      #expect(try registry.scan("plane").status == from)
    }
  }
}
