// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Steps
import Testing
import Workflow

/// A folder that goes away with the test that made it.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(
      path: "reprise-steps-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    // A leftover in the temporary folder harms nobody.
    try? FileManager.default.removeItem(at: url)
  }

  func write(_ text: String, to path: String) throws {
    let file = url.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}

/// An analysis executed step by step in a temporary store, as the scheduler would.
struct StepRun {
  let folder: TemporaryFolder
  let store: ArtifactStore
  private(set) var outputs: [String: StepOutput] = [:]

  /// Runs an analysis' text for a signal's text; `directory` holds the files of both.
  init(
    analysis yaml: String, signal: String, directory: URL,
    programs: any ProgramRunner = ProcessRunner()
  ) async throws {
    try await self.init(analysis: yaml, directory: directory, programs: programs) {
      try Signal(
        yaml: signal, file: directory.appending(path: "signals/signal.yaml"), for: $0, store: $1)
    }
  }

  /// Runs an analysis' text for a signal that is made of it and the store.
  init(
    analysis yaml: String, directory: URL, seed: UInt64 = 0,
    programs: any ProgramRunner = ProcessRunner(),
    signal: (AnalysisSpecification, ArtifactStore) throws -> Signal
  ) async throws {
    folder = try TemporaryFolder()
    store = try ArtifactStore(directory: folder.url.appending(path: "objects"))
    let analysis = try AnalysisSpecification(
      yaml: yaml, file: "analysis.yaml", directory: directory, catalog: .standard)
    let plan = try Plan(
      analysis, files: try Shipped.files(of: analysis, in: directory, store: store),
      signal: signal(analysis, store), seed: seed, catalog: .standard)
    for step in plan.steps {
      let scratch = folder.url.appending(path: "scratch-\(step.id)")
      try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
      var inputs: [String: StepInput] = [:]
      for (name, input) in step.inputs {
        switch input {
        case .resolved(let value): inputs[name] = value
        case .output(let step, let output, let value):
          let artifact = try #require(outputs[step]?.artifacts[output])
          inputs[name] = StepInput(artifacts: [artifact], value: value)
        }
      }
      let context = StepContext(
        stepID: step.id, inputs: inputs, seed: 0, luminosity: plan.luminosity, store: store,
        scratch: scratch, programs: programs, log: { _ in })
      let kind = try #require(StepCatalog.standard.kinds[step.kind])
      outputs[step.id] = try await Self.run(kind, step.parameters, in: context)
    }
  }

  private static func run(_ kind: some StepKind, _ parameters: Data, in context: StepContext)
    async throws -> StepOutput
  {
    try await kind.run(Self.decode(parameters, for: kind), in: context)
  }

  private static func decode<Kind: StepKind>(_ parameters: Data, for kind: Kind) throws
    -> Kind.Parameters
  {
    try JSONDecoder().decode(Kind.Parameters.self, from: parameters)
  }

  /// The rows of a quantity, in order.
  func rows(_ step: String, _ quantity: Quantity) -> [ResultValue] {
    (outputs[step]?.results ?? []).filter { $0.quantity == quantity }
  }

  /// The only row of a quantity and subject.
  func row(_ step: String, _ quantity: Quantity, _ subject: String? = nil) throws -> ResultValue {
    let rows = rows(step, quantity).filter { $0.subject == subject }
    return try #require(rows.count == 1 ? rows.first : nil, "\(quantity) \(subject ?? "")")
  }

  /// An output's bytes read as JSON of a type.
  func read<Value: Decodable>(_ type: Value.Type, _ step: String, _ output: String) throws -> Value
  {
    let artifact = try #require(outputs[step]?.artifacts[output])
    return try JSONDecoder().decode(type, from: try store.data(for: artifact))
  }
}

/// The error of an analysis or a run as text; nil when there is none.
func failure(_ body: () async throws -> Void) async -> String? {
  do {
    try await body()
    return nil
  } catch {
    return "\(error)"
  }
}

/// Programs by Foundation, without the care that Scheduling takes.
struct ProcessRunner: ProgramRunner {
  func run(_ program: ProgramInvocation) async throws -> ProgramResult {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = program.arguments
    process.currentDirectoryURL = program.directory
    process.environment = program.environment.merging(["PATH": "/usr/bin:/bin"]) { mine, _ in mine }
    let files = try ["out", "err"].map { name in
      let url = program.directory.deletingLastPathComponent().appending(
        path: "\(program.directory.lastPathComponent).\(name)")
      try Data().write(to: url)
      return url
    }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    let isExit = process.terminationReason == .exit
    return ProgramResult(
      exitCode: isExit ? process.terminationStatus : nil,
      signal: isExit ? nil : process.terminationStatus, timedOut: false, standardOutput: texts[0],
      standardError: texts[1])
  }
}
