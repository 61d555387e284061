// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Testing

/// The squark search of arXiv:2010.14293 with Pythia 8 signals: `squark-search/cls_ssd.json`, made
/// with pyhf 0.7.6 (numpy, SLSQP), q̃ at mu = 1.
@Suite(.enabled(if: SharedData.isExpected, SharedData.comment))
struct SquarkSearchTests {
  struct Point: Sendable, CustomTestStringConvertible {
    let name: String
    /// pb, leading order, and the factor on it.
    let crossSection: Double, kFactor: Double
    let sigmaLimit: Double
    /// CLs by treatment of the signal: "nostat" and "stat".
    let observed: [String: Double], expected: [String: [Double]]
    var testDescription: String { name }
  }

  static let points: [Point] = {
    guard let entries = try? SharedData.object("squark-search/cls_ssd.json") else { return [] }
    return entries.sorted { $0.key < $1.key }.compactMap { name, value in
      guard let entry = value as? [String: Any], let sigma = entry["sigma_lo_pb"] as? Double,
        let factor = entry["k_factor"] as? Double, let limit = entry["sigma_UL_fb"] as? Double
      else { return nil }
      var observed: [String: Double] = [:]
      var expected: [String: [Double]] = [:]
      for treatment in ["nostat", "stat"] {
        let numbers = entry[treatment] as? [String: Any]
        observed[treatment] = numbers?["CLs"] as? Double
        expected[treatment] = numbers?["CLs_exp"] as? [Double]
      }
      return Point(
        name: name, crossSection: sigma, kFactor: factor, sigmaLimit: limit, observed: observed,
        expected: expected)
    }
  }()

  /// The background with a signal; without `statistical` its only modifier is the signal strength.
  private func model(_ point: Point, statistical: Bool) throws -> Model {
    let patch = try JSONPatch(json: SharedData.bytes("squark-search/patches/\(point.name).json"))
    var workspace = try Workspace(
      json: SharedData.bytes("squark-search/published/background-only.json"), patches: [patch])
    if !statistical {
      for c in workspace.channels.indices {
        for s in workspace.channels[c].samples.indices
        where workspace.channels[c].samples[s].name == "Signal" {
          workspace.channels[c].samples[s].modifiers.removeAll { $0.kind != .normfactor }
        }
      }
    }
    return try Model(workspace)
  }

  @Test("The reference is read whole")
  func count() { #expect(Self.points.count == 10) }

  @Test("CLs within 1e-3 where it is above 1e-6", arguments: points, ["nostat", "stat"])
  func hypothesisTest(point: Point, treatment: String) throws {
    let test = try Analyzer(model(point, statistical: treatment == "stat")).hypothesisTest(mu: 1)
    let observed = try #require(point.observed[treatment])
    let expected = try #require(point.expected[treatment])
    for (found, reference) in zip(
      [test.observedCLs] + test.expectedCLs.values, [observed] + expected)
    {
      if reference > 1e-6 {
        #expect(abs(found - reference) < 1e-3)
      } else {
        #expect(found < 2e-6)
      }
    }
    #expect(test.observedLogCLs.isFinite)
  }

  @Test("Cross-section limits within 1 %, beyond the signal strength's bound", arguments: points)
  func crossSectionLimit(point: Point) throws {
    let limit = try Analyzer(model(point, statistical: false)).upperLimit()
    let femtobarns = limit.observed * point.crossSection * point.kFactor * 1000
    #expect(abs(femtobarns / point.sigmaLimit - 1) < 0.01)
  }
}
