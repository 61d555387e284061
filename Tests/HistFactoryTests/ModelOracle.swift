// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory

/// Reference numbers of `shared/data/workspaces/oracle.json`: made with pyhf 0.7.6 and an
/// independent evaluator that agrees with it to 1e-11.
enum ModelOracle {
  /// What the oracle says of one workspace.
  struct Case: Decodable, Sendable, CustomStringConvertible {
    struct Probe: Decodable, Sendable {
      let pars: [Double]
      let twice_nll: Double
      let grad: [Double]
      let expected: [Double]
    }
    let id: String
    let workspace: String
    let poi: String
    let par_names: [String]
    let `init`: [Double]
    let bounds: [[Double]]
    let fixed: [String]
    let data: [Double]
    let nmain: Int
    let expected_init: [Double]
    let twice_nll_init: Double
    let grad_init: [Double]
    let probe: Probe
    let fixed0_pars: [Double]?
    var description: String { id }
  }

  /// `shared/` beside the checkout, or where REPRISE_SHARED says.
  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["REPRISE_SHARED"] {
      return URL(fileURLWithPath: path)
    }
    var root = URL(fileURLWithPath: #filePath)
    while root.path != "/", root.lastPathComponent != "Tests" { root.deleteLastPathComponent() }
    return root.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared")
  }()

  private static var workspaces: URL { folder.appendingPathComponent("data/workspaces") }

  /// In CI the data have to be there: a test that can't read them fails.
  static let isAvailable =
    ProcessInfo.processInfo.environment["CI"] != nil
    || FileManager.default.fileExists(
      atPath: workspaces.appendingPathComponent("oracle.json").path)

  static let cases: [Case] = {
    struct Oracle: Decodable { let cases: [String: Case] }
    do {
      // Python wrote NaN for what it could not find; JSON has no word for it.
      let text = try String(
        contentsOf: workspaces.appendingPathComponent("oracle.json"), encoding: .utf8
      ).replacingOccurrences(of: "NaN", with: "null")
      return try JSONDecoder().decode(Oracle.self, from: Data(text.utf8)).cases.values
        .sorted { $0.id < $1.id }
    } catch {
      // Tests that need the oracle count its cases, so that an unreadable one does not pass.
      return []
    }
  }()

  static func workspace(_ file: String) throws -> Workspace {
    let bytes = try Data(contentsOf: workspaces.appendingPathComponent(file))
    return try Workspace(json: [UInt8](bytes), source: file)
  }

  static func model(_ id: String) throws -> Model {
    let file = cases.first { $0.id == id }?.workspace ?? id + ".json"
    return try Model(workspace(file))
  }
}

/// |a − b| relative to the larger of |b| and `scale`.
func deviation(_ a: Double, _ b: Double, scale: Double = 1e-300) -> Double {
  abs(a - b) / max(abs(b), scale)
}

/// Splitmix64: the same points on every machine.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
