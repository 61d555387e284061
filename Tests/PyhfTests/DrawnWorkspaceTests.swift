// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Testing

/// Freshly drawn workspaces beside pyhf.
///
/// The seed is printed. REPRISE_FUZZ_SEED takes another one (`random` draws it), REPRISE_FUZZ_COUNT
/// other numbers of workspaces than 90 in CI and 40 elsewhere.
@Suite(.enabled(if: PeerProcess.isExpected, PeerProcess.comment), .serialized)
struct DrawnWorkspaceTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seed =
    environment["REPRISE_FUZZ_SEED"] == "random"
    ? UInt64.random(in: 0..<1 << 40)
    : environment["REPRISE_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
  private static let count =
    environment["REPRISE_FUZZ_COUNT"].flatMap { UInt64($0) }
    ?? (environment["CI"] == nil ? 40 : 90)

  @Test("Likelihoods, fits, tests and limits are pyhf's, or better")
  func agree() async throws {
    print("drawn workspaces beside pyhf: REPRISE_FUZZ_SEED=\(Self.seed), \(Self.count) of them")
    let peer = try PeerProcess.running()
    var tally = PeerTally()
    for seed in Self.seed..<Self.seed + Self.count {
      do {
        try await compare(WorkspaceDraw(seed: seed), peer, &tally)
      } catch {
        tally.disagree("REPRISE_FUZZ_SEED=\(seed) REPRISE_FUZZ_COUNT=1: \(error)")
      }
    }
    print("drawn workspaces beside pyhf: \(tally)")
    for disagreement in tally.disagreements { Issue.record("\(disagreement)") }
    #expect(tally.comparisons["models"] == Int(Self.count))
    let tests = (tally.comparisons["fits"] ?? 0) + (tally.comparisons["tests by formula"] ?? 0)
    #expect(tally.missedMinima <= max(4, tests / 20))
  }

  private func compare(
    _ draw: WorkspaceDraw, _ peer: PeerProcess, _ tally: inout PeerTally
  ) async throws {
    let peerModel = try await peer.load(draw.workspace, options: draw.options)
    // Read back from JSON: what a file would give.
    let workspace = try Workspace(json: draw.workspace.jsonData())
    let model = try Model(workspace, options: draw.options)
    let likelihood = LikelihoodComparison(
      draw: draw, model: model, peer: peer, peerModel: peerModel)
    likelihood.parameters(&tally)
    try await likelihood.values(&tally)
    guard !draw.hasLowerLimits else { return }
    let analyzer = try Analyzer(model)
    guard let poi = model.parameterOfInterest,
      let fits = try await FitComparison(
        draw: draw, model: model, peer: peer, analyzer: analyzer
      ).fits(mu: draw.mu, poi: poi, &tally)
    else { return }
    let test = try TestComparison(
      draw: draw, model: model, peer: peer, analyzer: analyzer,
      thorough: Analyzer(model, options: .thorough), poi: poi, fits: fits)
    let statistic = draw.testStatistic
    try await test.hypothesisTest(statistic, &tally)
    try await test.statistics(&tally)
    let limit = LimitComparison(test: test)
    try await limit.limits(statistic, &tally)
    if draw.seed % 10 == 0 { try await limit.search(statistic, &tally) }
  }
}
