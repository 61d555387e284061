// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import GRDB
import Preservation
import Workflow

/// A folder of its own with a registry in it, removed with this value.
final class TemporaryRegistry {
  let folder: URL
  let registry: Registry

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-tests-\(UUID().uuidString)")
    registry = try Registry(directory: folder.appendingPathComponent("registry"))
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)  // A leftover is harmless.
  }

  /// The same registry as another process would open it.
  func reopened() throws -> Registry { try Registry(directory: registry.directory, create: false) }

  /// The file behind the registry's back, without its settings.
  func database() throws -> DatabaseQueue {
    try DatabaseQueue(path: registry.directory.appendingPathComponent("registry.sqlite").path)
  }

  func register(_ analysis: String = "squarks", seed: String = "1") throws -> Version {
    let yaml = try registry.store.put(
      Data("analysis: \(analysis) \(seed)".utf8), mediaType: "application/yaml")
    return try registry.register(
      analysis, title: "Squarks \(seed)", fingerprint: digest(analysis + seed),
      files: ["analysis.yaml": yaml]
    ).version
  }

  /// A run of one step that gave these results.
  @discardableResult func record(
    _ results: [ResultValue], signal: Signal = madeUpSignal(), step id: String = "test",
    of version: Version
  ) throws -> Run {
    let step = plannedStep(id, signal.name)
    let plan = madeUpPlan([step])
    let run = try registry.start(
      registry.begin(plan, of: version, signal: signal, engine: "tests 1"))
    try registry.record(
      StepOutput(results: results), of: step, in: run, seconds: 0.5, log: "a line\n",
      releasing: nil)
    return try registry.finish(run, as: .succeeded)
  }
}

extension TemporaryRegistry {
  /// A scan that was created and not begun.
  func scan(
    _ name: String = "plane", of version: Version? = nil, files: [String: Artifact] = [:],
    seed: UInt64 = 7
  ) throws -> ScanRecord {
    try registry.createScan(
      name, of: version ?? register(), specification: ["scan": name],
      family: ["signal": "squark"], seed: seed, files: files, engine: "tests 1"
    ).scan
  }
}

/// A point on a line.
func proposal(_ number: Int, round: Int, at position: Double) -> ScanProposalRow {
  ScanProposalRow(
    number: number, round: round, position: [position], point: ["m_sq_gev": 1000 * position],
    createdAt: Date(timeIntervalSince1970: 1_800_000_000))
}

func digest(_ text: String) -> Fingerprint { Fingerprint(of: Data(text.utf8)) }

func madeUpSignal(_ name: String = "sq_1000_100", _ point: [String: Double] = ["m_sq_gev": 1000])
  -> Signal
{ Signal(name: name, point: point, inputs: [:]) }

/// A step whose fingerprint follows from its components, as in a real plan.
func plannedStep(
  _ id: String, _ parameters: String = "", version: Int = 1, components: [String: String] = [:],
  inputs: [String: PlannedInput] = [:]
) -> PlannedStep {
  var all = ["kind": "made-up", "version": String(version), "parameters": digest(parameters).hex]
  all.merge(components) { _, given in given }
  let text = all.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
  return PlannedStep(
    named: id, kind: "made-up", kindVersion: version, fingerprint: digest(text), components: all,
    parameters: Data("{}".utf8), inputs: inputs, predecessors: [], dependsOnSignal: true)
}

func madeUpPlan(_ steps: [PlannedStep], seed: UInt64 = 0) -> Plan {
  let text = "\(seed)" + steps.map { $0.id + $0.fingerprint.hex }.joined()
  return Plan(steps: steps, luminosity: 139, seed: seed, fingerprint: digest(text))
}
