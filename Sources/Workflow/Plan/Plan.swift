// SPDX-License-Identifier: Apache-2.0
public import Artifacts
import Foundation

/// A static graph in topological order, with every fingerprint known before anything runs.
///
/// It is a pure function of the analysis with its files, the signal and the seed. A step's
/// fingerprint depends on what the step computes and on nothing else: not on titles, names, the
/// signal's point, or other steps that it takes nothing from.
///
/// A signal's generator is the first step, `generate`. Where the signal brings what a step would
/// make (`STEP.OUTPUT` of its inputs), steps that nothing else needs are not in the plan.
public struct Plan: Sendable {
  /// Every step after its predecessors, otherwise in the order of the file.
  public let steps: [PlannedStep]
  /// fb⁻¹.
  public let luminosity: Double?
  /// For kinds that use it.
  public let seed: UInt64
  /// The run's identity: of the version, the signal with its name and point, the seed and all
  /// steps.
  public let fingerprint: Fingerprint

  /// A plan.
  ///
  /// - Parameters:
  ///   - analysis: what is planned.
  ///   - files: the files of the analysis by path, as it was registered; those that `file.PATH`
  ///     refers to must be among them.
  ///   - signal: what `Signal` read for this analysis.
  ///   - seed: goes into the fingerprints of kinds that use it.
  ///   - catalog: the kinds the analysis was read with.
  /// - Throws: `InvalidSpecification` when a file, a part of the signal or a kind is missing, and
  ///   when the signal brings an output that no step has.
  ///   Complexity: number of steps and edges.
  public init(
    _ analysis: AnalysisSpecification, files: [String: Artifact], signal: Signal, seed: UInt64 = 0,
    catalog: StepCatalog
  ) throws {
    let builder = PlanBuilder(
      analysis: analysis, files: files, signal: signal, seed: seed, catalog: catalog)
    let steps = try builder.steps()
    let identity = Identity(
      version: try analysis.fingerprint(files: files), signal: try signal.fingerprint(),
      seed: seed, steps: Dictionary(steps.map { ($0.id, $0.fingerprint) }) { first, _ in first })
    self.init(
      steps: steps, luminosity: analysis.luminosity, seed: seed,
      fingerprint: try Fingerprint(ofCanonicalJSON: identity))
  }

  /// A plan from its parts, steps in topological order.
  package init(
    steps: [PlannedStep], luminosity: Double?, seed: UInt64, fingerprint: Fingerprint
  ) {
    self.steps = steps
    self.luminosity = luminosity
    self.seed = seed
    self.fingerprint = fingerprint
  }

  private struct Identity: Encodable {
    let version: Fingerprint
    let signal: Fingerprint
    let seed: UInt64
    let steps: [String: Fingerprint]
  }
}
