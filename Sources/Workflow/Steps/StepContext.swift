// SPDX-License-Identifier: Apache-2.0
public import Artifacts
public import Foundation

/// What a step may use while it runs.
public struct StepContext: Sendable {
  /// The step's id in the analysis.
  public let stepID: String
  /// Inputs by port name; an optional one may be absent.
  public let inputs: [String: StepInput]
  /// The run's seed; only kinds that say `usesSeed` may look at it.
  public let seed: UInt64
  /// fb⁻¹; only kinds that say `usesLuminosity` may look at it.
  public let luminosity: Double?
  /// Where inputs are read and outputs are put.
  public let store: ArtifactStore
  /// An empty folder of this execution, removed afterwards.
  public let scratch: URL
  /// Runs programs.
  public let programs: any ProgramRunner
  /// Adds a line to the step's log.
  public let log: @Sendable (String) -> Void

  /// A context from its parts.
  public init(
    stepID: String, inputs: [String: StepInput], seed: UInt64, luminosity: Double?,
    store: ArtifactStore, scratch: URL, programs: any ProgramRunner,
    log: @escaping @Sendable (String) -> Void
  ) {
    self.stepID = stepID
    self.inputs = inputs
    self.seed = seed
    self.luminosity = luminosity
    self.store = store
    self.scratch = scratch
    self.programs = programs
    self.log = log
  }
}

/// What a step is handed: files by digest, or a value as canonical JSON, or both (event files and
/// how to read them).
public struct StepInput: Sendable, Hashable, Codable {
  /// Files, in the order they were written down.
  public var artifacts: [Artifact]
  /// Canonical JSON of the type that belongs to the port; nil when the files say everything.
  public var value: Data?

  /// An input from its parts.
  public init(artifacts: [Artifact] = [], value: Data? = nil) {
    self.artifacts = artifacts
    self.value = value
  }
}

/// What a step made.
public struct StepOutput: Sendable, Hashable {
  /// Files by output port.
  public var artifacts: [String: Artifact]
  /// Numbers for the results database.
  public var results: [ResultValue]

  /// An output from its parts.
  public init(artifacts: [String: Artifact] = [:], results: [ResultValue] = []) {
    self.artifacts = artifacts
    self.results = results
  }
}
