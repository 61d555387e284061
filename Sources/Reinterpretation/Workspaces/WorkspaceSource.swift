// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference
import Workflow

/// A workspace file, the patches applied to it in order, and the measurement to use.
public struct WorkspaceSource: Sendable, Hashable {
  /// Path of the workspace's JSON; "-" is standard input.
  public var path: String
  /// Paths of JSON patches (RFC 6902), applied in this order; `PATCHSET:NAME` is one patch of a
  /// patchset, whose digests must be the workspace's.
  public var patches: [String]
  /// The measurement's name; nil takes the first.
  public var measurement: String?
  /// What lies between the templates of a histosys.
  public var histosys = HistosysCode.code4p
  /// What lies between the factors of a normsys.
  public var normsys = NormsysCode.code4
  /// The fewest events a sample may expect in a bin (pyhf's `clip_sample_data`); nil for no limit.
  public var minimumSampleYield: Double?
  /// The fewest events all samples of a bin may expect (pyhf's `clip_bin_data`); nil for no limit.
  public var minimumBinYield: Double?

  /// A workspace as it is on disk.
  public init(path: String, patches: [String] = [], measurement: String? = nil) {
    self.path = path
    self.patches = patches
    self.measurement = measurement
  }

  /// What messages call the file.
  var name: String { path == "-" ? "standard input" : path }

  /// Reads and checks everything; all problems of a file are told at once.
  func workspace() throws -> Workspace {
    try workspace(of: Self.bytes(of: path))
  }

  /// The same, of the file's bytes.
  func workspace(of bytes: [UInt8]) throws -> Workspace {
    let patches = try patches.map { path in
      try PatchReference(path).patch(for: bytes, named: name)
    }
    let workspace = try Workspace(json: bytes, source: name, patches: patches)
    try check(workspace.measurements.map(\.name))
    return workspace
  }

  /// The compiled model of ``workspace()``.
  func model() throws -> Model {
    try model(of: workspace())
  }

  var options: ModelOptions {
    ModelOptions(
      histosys: histosys.interpolation, normsys: normsys.interpolation,
      minimumSampleYield: minimumSampleYield, minimumBinYield: minimumBinYield)
  }

  /// The compiled model of a workspace, by this source's measurement and interpolation.
  func model(of workspace: Workspace) throws -> Model {
    try Model(workspace, measurement: measurement, options: options)
  }

  /// As `classified`; names the file where a module speaks that knows of no files.
  func classifiedWithName<Value>(_ work: () throws -> Value) throws(Failure) -> Value {
    do {
      return try work()
    } catch {
      throw named(error)
    }
  }

  /// The same for asynchronous work.
  func classifiedWithName<Value>(
    isolation: isolated (any Actor)? = #isolation, _ work: () async throws -> Value
  ) async throws(Failure) -> Value {
    do {
      return try await work()
    } catch {
      throw named(error)
    }
  }

  /// Names the file where a module knows none.
  private func named(_ error: any Error) -> Failure {
    if let invalid = error as? InvalidWorkspace {
      let problems = invalid.problems.map { problem in
        problem.source != "workspace"
          ? problem
          : InvalidWorkspace.Problem(
            source: name, path: problem.path, line: problem.line, column: problem.column,
            message: problem.message)
      }
      return Failure(classifying: InvalidWorkspace(source: name, problems: problems))
    }
    let failure = Failure(classifying: error)
    guard error is InvalidModel || error is InvalidHypothesis || error is FitFailure else {
      return failure
    }
    return Failure(failure.kind, "\(name): \(failure.description)")
  }

  private func check(_ known: [String]) throws {
    guard let measurement, !known.contains(measurement) else { return }
    let hint = Suggestion.hint(for: measurement, among: known, known: "it has")
    throw Failure.refused("\(name): measurements: there is no measurement '\(measurement)'\(hint).")
  }

  /// Makes sure that the workspace has channels of these names; `purpose` is what they are named
  /// for.
  func check(channels: [String], of workspace: Workspace, purpose: String = "") throws(Failure) {
    let known = workspace.channels.map(\.name)
    for channel in channels where !known.contains(channel) {
      let hint = Suggestion.hint(for: channel, among: known, known: "it has")
      throw Failure.refused("\(name): there is no channel '\(channel)'\(purpose)\(hint).")
    }
  }

  static func bytes(of path: String) throws -> [UInt8] {
    try [UInt8](InputFile.bytes(of: path, limit: InputFile.largestDocument))
  }
}
