// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Reinterpretation
import Scheduling
import Testing
import Workflow

@Suite("Running a scan")
struct ScanRunTests {
  @Test("the contours of a plane in closed form are found, with their theory band")
  func contours() async throws {
    try await TemporaryFolder.use { folder in
      let plane = try TestPlane(in: folder)
      let reinterpreter = try plane.reinterpreter()
      let report = try await reinterpreter.startScan(plane.scan())
      #expect(report.isFinished)
      #expect(report.finished <= 25 && report.failed == 0 && report.pending == 0)
      #expect(report.outputs.map(\.name) == ["obs", "exp", "exp+1", "exp-1"])
      #expect(report.points.allSatisfy { ($0.point["l_gev"] ?? 0) + 50 < ($0.point["m_gev"] ?? 0) })
      #expect(Set(report.points.map(\.point)).count == report.points.count)
      for point in report.points {
        let limit = 3 / TestPlane.events(point.point["m_gev"] ?? 0, point.point["l_gev"] ?? 0)
        #expect(point.state == (limit < 1 ? .excluded : .allowed))
        let value = try #require(point.outputs["obs"]?.value)
        #expect(abs(log10(value / limit)) < 0.05)
      }
      let contour = try reinterpreter.contour("plane-scan")
      #expect(contour.contours.map(\.output) == ["obs", "obs", "obs", "exp", "exp+1", "exp-1"])
      #expect(contour.contours.map(\.theory) == [nil, -1, 1, nil, nil, nil])
      // log10 of the limit on each line: 0 in the middle, with σ(1 ± 0.2) the events change.
      let levels = [3, 3 / 0.8, 3 / 1.2, 3.5, 3.5 * 1.4, 3.5 / 1.4]
      for (curve, events) in zip(contour.contours, levels) {
        let points = curve.lines.flatMap(\.points)
        #expect(points.count > 20)
        for point in points {
          #expect(abs(log10(TestPlane.events(point[0], point[1]) / events)) < 0.05)
        }
      }
    }
  }

  /// Lets steps end in another order than they began.
  private struct ShufflingExecutor: Executor {
    func perform(_ step: PlannedStep, as kind: any StepKind, in context: StepContext) async throws
      -> StepOutput
    {
      let digit = Int(step.fingerprint.hex.prefix(1), radix: 16) ?? 0
      try await Task.sleep(for: .milliseconds(digit))
      return try await LocalExecutor().perform(step, as: kind, in: context)
    }
  }

  @Test("the same seed proposes the same points whatever the width and the order of arrival")
  func width() async throws {
    let points = try await [1, 4].asyncMap { width in
      try await TemporaryFolder.use { folder in
        let plane = try TestPlane(in: folder)
        let executor: any Executor = width == 1 ? LocalExecutor() : ShufflingExecutor()
        let reinterpreter = try plane.reinterpreter(width: width, executor: executor)
        return try await reinterpreter.startScan(
          plane.scan(stop: "{evaluations: 17}", more: "acquisition: {batch: 3}")
        ).points.map { [$0.point["m_gev"] ?? 0, $0.point["l_gev"] ?? 0, $0.acquisition ?? 0] }
      }
    }
    #expect(points[0].count > 6)
    #expect(points[0] == points[1])
  }

  @Test("a scan that was stopped or cancelled goes on as if nothing had happened")
  func resuming() async throws {
    let scan = (stop: "{evaluations: 16}", more: "acquisition: {batch: 2}")
    let whole = try await TemporaryFolder.use { folder in
      let plane = try TestPlane(in: folder)
      return try await plane.reinterpreter().startScan(
        plane.scan(stop: scan.stop, more: scan.more))
    }
    try await TemporaryFolder.use { folder in
      let plane = try TestPlane(in: folder)
      let file = try plane.scan(stop: scan.stop, more: scan.more)
      let stopper = try plane.reinterpreter()
      let stopped = try await stopper.startScan(file) { progress in
        // Asking a second time changes nothing.
        if progress.finished >= 4 { _ = try? stopper.stopScan("plane-scan") }
      }
      #expect(stopped.status == "stopped")
      #expect(stopped.reason == "stopped on request")
      #expect(stopped.finished < 16 && stopped.finished >= 4)

      let reinterpreter = try plane.reinterpreter()
      let task = TaskBox()
      task.value = Task {
        try await reinterpreter.resumeScan("plane-scan") { progress in
          if progress.finished >= 9 { task.value?.cancel() }
        }
      }
      let cancelled = try await #require(task.value).value
      #expect(cancelled.status == "stopped")
      #expect(cancelled.reason == "interrupted")
      #expect(cancelled.finished < 16)
      #expect(try reinterpreter.scans().map(\.status) == ["stopped"])

      let resumed = try await plane.reinterpreter().startScan(file)
      #expect(resumed.isFinished)
      #expect(resumed.points.map(\.point) == whole.points.map(\.point))
      #expect(resumed.points.map(\.acquisition) == whole.points.map(\.acquisition))
      #expect(resumed.rounds == whole.rounds)
      #expect(resumed.reason == whole.reason)
    }
  }

  @Test("points that fail are outcomes with a sentence, are tried again, and end nothing")
  func failures() async throws {
    try await TemporaryFolder.use { folder in
      // A strip along the contour.
      let plane = try TestPlane(
        in: folder, limit: "parameters: {fails_from: 2.7, fails_to: 3.6}")
      let reinterpreter = try plane.reinterpreter()
      let report = try await reinterpreter.startScan(
        plane.scan(stop: "{evaluations: 20}", more: "failures: {retries: 1}"))
      #expect(report.isFinished)
      #expect(report.failed > 0 && report.finished > 6)
      for point in report.points {
        let events = TestPlane.events(point.point["m_gev"] ?? 0, point.point["l_gev"] ?? 0)
        // At the strip's edges it depends on the interpolation.
        if (2.9..<3.4).contains(events) { #expect(point.state == .failed) }
        if !(2.4..<4).contains(events) { #expect(point.state != .failed) }
        guard point.state == .failed else { continue }
        #expect(point.attempts == 2)
        #expect(point.message?.contains("events make the fit fail") == true)
        #expect(point.outputs.isEmpty)
      }
      let again = try await reinterpreter.retryScan("plane-scan")
      #expect(again.points.filter { $0.state == .failed }.allSatisfy { $0.attempts == 3 })
      #expect(again.points.map(\.point) == report.points.map(\.point))
    }
  }

  @Test("two processes do not run one scan")
  func twoAtOnce() async throws {
    try await TemporaryFolder.use { folder in
      let plane = try TestPlane(in: folder)
      let file = try plane.scan(stop: "{evaluations: 8}")
      let other = try plane.reinterpreter()
      let second = TaskBox()
      let told = DispatchSemaphore(value: 0)
      _ = try await plane.reinterpreter().startScan(file) { progress in
        guard second.value == nil else { return }
        second.value = Task.detached {
          defer { told.signal() }
          return try await other.resumeScan("plane-scan")
        }
        // The first holds the scan while the second asks for it.
        told.wait()
      }
      await #expect {
        _ = try await #require(second.value).value
      } throws: { error in
        guard let failure = error as? Failure else { return false }
        return failure.kind == .failed
          && failure.description.contains("scan 'plane-scan' is run by process")
      }
    }
  }

  @Test("asynchronous scans propose whenever there is room, and no point twice")
  func asynchronous() async throws {
    try await TemporaryFolder.use { folder in
      let plane = try TestPlane(in: folder)
      let report = try await plane.reinterpreter().startScan(
        plane.scan(
          stop: "{evaluations: 18, misclassified: 0.0001}",
          more: "mode: async\nacquisition: {batch: 3}"))
      #expect(report.isFinished && report.finished == 18)
      #expect(report.mode == "async")
      #expect(Set(report.points.map(\.point)).count == 18)
      #expect(report.reason == "18 evaluations, the most that stop allows")
    }
  }

  @Test(
    "strategies that learn nothing run to their end",
    arguments: [
      ("strategy: grid\npoints_per_axis: 5", 22), ("strategy: sobol", 12),
      ("strategy: grid\npoints_per_axis: 4\nmode: async\nacquisition: {batch: 2}", 15),
      ("strategy: random", 12), ("strategy: points\npoints: points.csv", 3),
    ])
  func otherStrategies(_ strategy: String, count: Int) async throws {
    try await TemporaryFolder.use { folder in
      let plane = try TestPlane(in: folder)
      try plane.write("points.csv", "l_gev,m_gev\n0,600\n100,1400\n800,1900\n")
      let evaluations = count == 12 ? 12 : 200
      let report = try await plane.reinterpreter().startScan(
        plane.scan(
          stop: "{evaluations: \(evaluations), misclassified: 0.000001}", more: strategy))
      #expect(report.isFinished)
      #expect(report.finished == count)
      #expect(report.rounds.last?.misclassified != nil)
      #expect(report.points.allSatisfy { ($0.point["l_gev"] ?? 0) + 50 < ($0.point["m_gev"] ?? 0) })
      if count == 3 {
        #expect(report.points.map { $0.point["m_gev"] } == [600, 1400, 1900])
        #expect(report.reason == "all 3 points are done")
      }
    }
  }

  @Test("a cheaper scan that is finished is a second fidelity")
  func warmStart() async throws {
    try await TemporaryFolder.use { folder in
      let plane = try TestPlane(in: folder)
      let reinterpreter = try plane.reinterpreter()
      let fast = try plane.scan("fast", stop: "{evaluations: 15}")
      let more = "warm_start: {scan: fast}"
      let slow = try plane.scan("slow", stop: "{evaluations: 10}", more: more)
      await #expect(throws: Failure.self) { _ = try await reinterpreter.startScan(slow) }
      _ = try await reinterpreter.startScan(fast)
      let report = try await reinterpreter.startScan(slow)
      #expect(report.isFinished)
      // The cheap scan is exact here: the predicted area is small from the first round on.
      #expect(try #require(report.rounds.first?.misclassified) < 0.02)
      let other = try plane.scan(
        "other", stop: "{evaluations: 10}", more: more,
        parameters: "{m_gev: {range: [600, 2000]}, l_gev: {range: [0, 1000]}}")
      await #expect {
        _ = try await reinterpreter.startScan(other)
      } throws: { error in
        (error as? Failure)?.description.contains("other parameters, ranges or scales") == true
      }
    }
  }
}

/// Hands a task to the closure that it runs.
final class TaskBox: @unchecked Sendable {
  // Guarded by the lock: the test and the progress closure run on different threads.
  private let lock = NSLock()
  private var task: Task<ScanReport, any Error>?

  var value: Task<ScanReport, any Error>? {
    get { lock.withLock { task } }
    set { lock.withLock { task = newValue } }
  }
}

extension Array {
  fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async throws
    -> [Value]
  {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}
