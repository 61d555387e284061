// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A scan killed at any moment, stopped, interrupted or started twice: the same proposals and
/// results as if nothing had happened.
@Suite(.serialized) struct ScanResumeTests {
  private func undisturbed() throws -> (log: [String: String], seconds: Double) {
    try TemporaryFolder.use { folder in
      let scan = try ScanFolder(in: folder)
      let begin = Date()
      let output = try scan.start()
      let seconds = Date().timeIntervalSince(begin)
      #expect(output.status == 0, "\(output.standardError)")
      return (try scan.log(), seconds)
    }
  }

  @Test func killedAtRandomMoments() throws {
    let (log, seconds) = try undisturbed()
    var random = SplitMix(seed: 2026)
    for attempt in 0..<Checkout.repetitions("REPRISE_KILLS", default: 4) {
      try TemporaryFolder.use { folder in
        let scan = try ScanFolder(in: folder)
        var moments: [Int] = []
        for _ in 0..<3 {
          let running = try scan.tool.start(["scan", "start", scan.path()])
          moments.append(Int(random.uniform() * seconds * 0.6e6))
          usleep(UInt32(moments.last ?? 0))
          running.signal(SIGKILL)
          _ = try running.wait()
        }
        let output = try scan.start()
        let story: Comment =
          "attempt \(attempt), killed after \(moments) µs: \(output.standardError)"
        #expect(output.status == 0, story)
        #expect(try scan.log() == log, story)
      }
    }
  }

  @Test func interruptedAndResumedByName() throws {
    let (log, seconds) = try undisturbed()
    try TemporaryFolder.use { folder in
      let scan = try ScanFolder(in: folder)
      let running = try scan.tool.start(["scan", "start", scan.path()])
      usleep(UInt32(seconds * 0.4e6))
      running.signal(SIGINT)
      let first = try running.wait()
      #expect([0, 1].contains(first.status), "\(first.status): \(first.standardError)")
      // The file is not needed any more: the registry has everything.
      try FileManager.default.removeItem(at: scan.directory)
      let resumed = try scan.tool.run("scan", "resume", ScanFolder.name)
      #expect(resumed.status == 0, "\(resumed.standardError)")
      #expect(try scan.log() == log)
    }
  }

  @Test func stoppedFromOutside() throws {
    let log = try undisturbed().log
    try TemporaryFolder.use { folder in
      let scan = try ScanFolder(in: folder)
      let running = try scan.tool.start(["scan", "start", scan.path()])
      // Asked as soon as there is something to stop.
      var stopped = try scan.tool.run("scan", "stop", ScanFolder.name)
      for _ in 0..<100 where stopped.status == 64 {
        usleep(20_000)
        stopped = try scan.tool.run("scan", "stop", ScanFolder.name)
      }
      #expect(stopped.status == 0, "\(stopped.standardError)")
      let ended = try running.wait()
      #expect([0, 1].contains(ended.status), "\(ended.standardError)")
      let list = try scan.tool.run("scan", "list", "--format", "json").objects
      #expect(["stopped", "finished"].contains(list.first?["status"] as? String))
      let resumed = try scan.tool.run("scan", "resume", ScanFolder.name)
      #expect(resumed.status == 0, "\(resumed.standardError)")
      #expect(try scan.log() == log)
    }
  }

  @Test func secondProcessIsToldWhoRunsIt() throws {
    let (log, seconds) = try undisturbed()
    try TemporaryFolder.use { folder in
      let scan = try ScanFolder(in: folder)
      let both = try [0, 1].map { _ in
        let running = try scan.tool.start(["scan", "start", scan.path()])
        usleep(UInt32(seconds * 0.3e6))
        return running
      }
      let outputs = try both.map { try $0.wait() }
      #expect(outputs[0].status == 0, "\(outputs[0].standardError)")
      // The second one found it running, or came when it was done.
      if outputs[1].status != 0 {
        #expect(outputs[1].status == 64 || outputs[1].status == 1)
        #expect(outputs[1].standardError.contains("\(both[0].process.processIdentifier)"))
      }
      #expect(try scan.log() == log)
    }
  }
}
