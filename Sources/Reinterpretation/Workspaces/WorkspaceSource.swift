// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference
import Workflow

/// A workspace file, the patches applied to it in order, and the measurement to use.
public struct WorkspaceSource: Sendable, Hashable {
  /// Path of the workspace's JSON; "-" is standard input.
  public var path: String
  /// Paths of JSON patches (RFC 6902), applied in this order.
  public var patches: [String]
  /// The measurement's name; nil takes the first.
  public var measurement: String?

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
    let patches = try patches.map { path in
      try JSONPatch(json: Self.bytes(of: path), source: path)
    }
    let workspace = try Workspace(json: Self.bytes(of: path), source: name, patches: patches)
    try check(workspace.measurements.map(\.name))
    return workspace
  }

  /// The compiled model of ``workspace()``.
  func model() throws -> Model {
    try Model(workspace(), measurement: measurement)
  }

  /// As `classified`; names the file where a module speaks that knows of no files.
  func classifiedWithName<Value>(_ work: () throws -> Value) throws(Failure) -> Value {
    try classified {
      do {
        return try work()
      } catch let error
        where error is InvalidModel || error is InvalidHypothesis || error is FitFailure
      {
        let failure = Failure(classifying: error)
        throw Failure(failure.kind, "\(name): \(failure.description)")
      }
    }
  }

  private func check(_ known: [String]) throws {
    guard let measurement, !known.contains(measurement) else { return }
    let hint = Suggestion.hint(for: measurement, among: known, known: "it has")
    throw Failure.refused("\(name): measurements: there is no measurement '\(measurement)'\(hint).")
  }

  static func bytes(of path: String) throws -> [UInt8] {
    try [UInt8](InputFile.bytes(of: path, limit: InputFile.largestDocument))
  }
}
