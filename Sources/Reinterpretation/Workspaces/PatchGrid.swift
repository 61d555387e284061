// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Steps

/// The test of one patch of a patchset; keys as `pyhf cls` writes them.
public struct PatchTest: Sendable, Hashable, Codable {
  /// The patch's name.
  public let patch: String
  /// The point's coordinates, by the set's labels.
  public let values: [String: String]
  /// Observed CLs; nil where the test failed.
  public let observedCLs: Double?
  /// Expected CLs at −2σ … +2σ; nil where the test failed.
  public let expectedCLs: [Double]?
  /// The fitted signal strength; nil where the test failed.
  public let muHat: Double?
  /// Why there are no numbers.
  public let failure: String?

  private enum CodingKeys: String, CodingKey {
    case patch, values
    case observedCLs = "CLs_obs"
    case expectedCLs = "CLs_exp"
    case muHat = "mu_hat"
    case failure
  }
}

extension WorkspaceSource {
  /// Tests every patch of a patchset on this background, on all processors.
  ///
  /// A patch that fails says so and ends nothing. A cancelled task stops between two patches.
  ///
  /// - Parameters:
  ///   - set: its digests must be those of this workspace without further patches.
  ///   - mu: the signal strength that is tested.
  ///   - testStatistic: q or q̃.
  ///   - report: gets each test when it is done, in no order, one at a time.
  /// - Returns: how many tests failed.
  public func hypothesisTests(
    of set: PatchSetSource, mu: Double = 1, testStatistic: StatisticChoice = .qtilde,
    report: (PatchTest) throws -> Void
  ) async throws(Failure) -> Int {
    try await classified {
      let background = try Self.bytes(of: path)
      let patchset = try set.set()
      try patchset.verify(background: background, source: name, hash: publishedDigest)
      let common = try patches.map { try PatchReference($0).patch(for: background, named: name) }
      let patches = patchset.patches
      @Sendable func test(_ patch: PatchSet.Patch) -> PatchTest {
        var found: HypothesisReport?
        var failure: String?
        do throws(Failure) {
          found = try classifiedWithName {
            let workspace = try Workspace(
              json: background, source: name, patches: common + [patch.patch])
            let model = try model(of: workspace)
            return try hypothesisReport(
              Analyzer(model), of: model, mu: mu, testStatistic: testStatistic)
          }
        } catch {
          failure = error.description
        }
        let values = Dictionary(
          zip(patchset.labels, patch.values.map(\.description)),
          uniquingKeysWith: { first, _ in first })
        return PatchTest(
          patch: patch.name, values: values, observedCLs: found?.observedCLs,
          expectedCLs: found?.expectedCLs, muHat: found?.muHat, failure: failure)
      }
      return try await withThrowingTaskGroup(of: PatchTest.self) { group in
        let width = ProcessInfo.processInfo.activeProcessorCount
        for patch in patches.prefix(width) { group.addTask { test(patch) } }
        var waiting = patches.dropFirst(width)
        var failures = 0
        while let found = try await group.next() {
          if found.failure != nil { failures += 1 }
          try report(found)
          try Task.checkCancellation()
          if let patch = waiting.popFirst() { group.addTask { test(patch) } }
        }
        return failures
      }
    }
  }
}
