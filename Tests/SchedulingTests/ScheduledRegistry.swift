// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Preservation
import Scheduling
import Synchronization
import Workflow

/// A registry in a folder of its own with one version, removed with this value.
final class ScheduledRegistry: Sendable {
  let registry: Registry
  let version: Version

  init() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-tests-\(UUID().uuidString)")
    registry = try Registry(directory: folder)
    version = try registry.register(
      "made-up", title: "Made up", fingerprint: Fingerprint(of: Data("made up".utf8)), files: [:]
    ).version
  }

  deinit {
    try? FileManager.default.removeItem(at: registry.directory)  // A leftover is harmless.
  }

  func begin(_ plan: Plan, signal: String = "point") throws -> Run {
    try registry.begin(
      plan, of: version, signal: Signal(name: signal, point: [:], inputs: [:]), engine: "tests")
  }

  func statuses(of run: Run) throws -> [String: StepStatus] {
    Dictionary(
      try registry.stepRuns(of: run.id).map { ($0.step, $0.status) },
      uniquingKeysWith: { first, _ in first })
  }
}

/// How often each step was executed, and in which order steps began and ended.
final class ExecutionRecord: Sendable {
  enum Moment: Hashable { case begin(String), end(String) }
  private let moments = Mutex<[Moment]>([])

  func note(_ moment: Moment) { moments.withLock { $0.append(moment) } }
  var all: [Moment] { moments.withLock { $0 } }

  var executions: [String: Int] {
    all.reduce(into: [:]) { counts, moment in
      if case .begin(let label) = moment { counts[label, default: 0] += 1 }
    }
  }

  var largestWidth: Int {
    var width = 0
    var largest = 0
    for moment in all {
      if case .begin = moment { width += 1 } else { width -= 1 }
      largest = max(largest, width)
    }
    return largest
  }
}

/// A kind that does what its parameters say and tells the record.
struct MadeUpKind: StepKind {
  struct Parameters: Codable, Sendable {
    var label: String
    var milliseconds = 0
    var fault: String?
    var value = 1.0
    var file: String?
  }

  static let name = "made-up"
  static let version = 1
  let record: ExecutionRecord

  func parameters(from node: SpecificationNode?, in context: ParameterContext) -> Parameters? {
    Parameters(label: "unused")
  }

  func ports(for parameters: Parameters) -> Ports { Ports(inputs: [], outputs: []) }

  func run(_ parameters: Parameters, in context: StepContext) async throws -> StepOutput {
    record.note(.begin(parameters.label))
    defer { record.note(.end(parameters.label)) }
    context.log("\(parameters.label) speaks")
    if parameters.milliseconds > 0 {
      try await Task.sleep(for: .milliseconds(parameters.milliseconds))
    }
    if let fault = parameters.fault { throw ExecutionError(fault) }
    var output = StepOutput(results: [ResultValue(.yield, value: parameters.value)])
    if let file = parameters.file {
      output.artifacts["file"] = try context.store.put(
        Data(file.utf8), mediaType: "text/plain")
    }
    return output
  }
}

/// Plans from a graph: step → parameters and predecessors, in topological order.
struct MadeUpPlan {
  private(set) var steps: [PlannedStep] = []

  mutating func add(
    _ id: String, kind: String = MadeUpKind.name, after predecessors: [String] = [],
    inputs: [String: PlannedInput] = [:], _ parameters: MadeUpKind.Parameters? = nil
  ) throws {
    let parameters = parameters ?? MadeUpKind.Parameters(label: id)
    try add(
      id, kind: kind, after: predecessors, inputs: inputs, json: CanonicalJSON.data(parameters))
  }

  mutating func add(
    _ id: String, kind: String, after predecessors: [String] = [],
    inputs: [String: PlannedInput] = [:], json parameters: Data
  ) throws {
    let sources = predecessors.map { source in
      steps.first { $0.id == source }?.fingerprint.hex ?? "none"
    }
    let digest = Fingerprint(
      of: parameters + Data((kind + sources.joined(separator: "+")).utf8))
    steps.append(
      PlannedStep(
        named: id, kind: kind, kindVersion: 1, fingerprint: digest,
        components: ["parameters": Fingerprint(of: parameters).hex], parameters: parameters,
        inputs: inputs, predecessors: predecessors, dependsOnSignal: true))
  }

  var plan: Plan {
    let all = steps.map { $0.id + $0.fingerprint.hex }.joined()
    return Plan(
      steps: steps, luminosity: 139, seed: 7, fingerprint: Fingerprint(of: Data(all.utf8)))
  }
}
