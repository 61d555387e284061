// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Testing

/// A case of `workspaces/oracle.json`: numbers from an independent evaluator with pyhf 0.7.6 as its
/// check, q̃ at mu = 1.
struct OracleCase: Sendable, CustomTestStringConvertible {
  let name: String
  let workspace: String
  let twiceNLL: Double
  /// −2 log L of the conditional fits at 0 and 1; nil where none is known.
  let twiceNLLAt0: Double?, twiceNLLAt1: Double?
  let uncertainties: [Double?]
  let muHat: Double
  let observedCLs: Double?, expectedCLs: [Double]
  /// nil where none was found inside the parameter's bounds.
  let observedLimit: Double?, expectedLimits: [Int: Double]

  var testDescription: String { name }

  /// All cases; empty where the data aren't.
  static let all: [OracleCase] = {
    guard let oracle = try? SharedData.object("workspaces/oracle.json") else { return [] }
    let cases = oracle["cases"] as? [String: [String: Any]] ?? [:]
    return cases.sorted { $0.key < $1.key }.compactMap { OracleCase($0.key, $0.value) }
  }()

  private init?(_ name: String, _ entry: [String: Any]) {
    func value(_ key: String, _ field: String) -> Double? {
      (entry[key] as? [String: Any])?[field] as? Double
    }
    guard let workspace = entry["workspace"] as? String, let muHat = entry["poi_hat"] as? Double,
      let twiceNLL = value("mle", "newton_fun")
    else { return nil }
    let suspect = entry["suspect"] as? [String] ?? []
    self.name = name
    self.workspace = workspace
    self.twiceNLL = twiceNLL
    self.muHat = muHat
    twiceNLLAt0 = suspect.contains("fixed0") ? nil : value("fixed0", "fun")
    twiceNLLAt1 = suspect.contains("fixed1") ? nil : value("fixed1", "fun")
    uncertainties = (entry["mle_err"] as? [Any] ?? []).map { $0 as? Double }
    // shared/README: cms_ttg_2l has no CLs or limit, ttbar_ljets_xsec no trustworthy CLs.
    let hasCLs = suspect.isEmpty
    observedCLs = hasCLs ? value("cls1", "obs") : nil
    let cls = entry["cls1"] as? [String: Any]
    expectedCLs = hasCLs ? cls?["exp"] as? [Double] ?? [] : []
    observedLimit = hasCLs ? value("limit95", "obs") : nil
    var limits: [Int: Double] = [:]
    for sigmas in -2...2 {
      let key = sigmas > 0 ? "exp+\(sigmas)" : "exp\(sigmas)"
      if hasCLs, let limit = value("limit95", key) { limits[sigmas] = limit }
    }
    expectedLimits = limits
  }

  func model() throws -> Model { try Model(SharedData.workspace(workspace)) }
}
