// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Sampling

/// A dense grid of signal points on a published likelihood: log10 of the observed upper limit on
/// mu at each, for yields that are a declared function of two masses.
struct DenseGrid: Sendable {
  /// m1 from 600 to 1600, m2 from 0 to 1000 GeV, m1 > m2 + 100 GeV.
  let space: ParameterSpace
  /// Allowed positions of an 18 × 18 grid.
  let pool: [[Double]]
  private let limits: [[Double]: Double]

  /// - Parameter file: a workspace with signal samples called sbottom…, as those of
  ///   ATLAS-SUSY-2018-31 (HEPData ins1748602).
  init(file: String) async throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: file)))
    let workspace = try Workspace(json: bytes, source: file)
    let space = try ParameterSpace(
      [
        .init("m1", from: 600, to: 1600, unit: "GeV"), .init("m2", from: 0, to: 1000, unit: "GeV"),
      ], allowing: { $0[0] > $0[1] + 100 })
    let side = (0..<18).map { Double($0) / 17 }
    let pool = side.flatMap { y in side.map { [$0, y] } }.filter(space.contains)
    let found = try await concurrentMap(
      count: pool.count, width: nil, makeWorker: {},
      transform: { _, index in Self.limit(workspace, at: space.parameters(at: pool[index])) })
    limits = Dictionary(uniqueKeysWithValues: zip(pool, found)).compactMapValues { $0 }
    (self.space, self.pool) = (space, pool)
  }

  /// Failed where a fit doesn't converge.
  func outcome(at position: [Double]) -> Trial.Outcome {
    observation(at: position).map { .finished([$0]) } ?? .failed
  }

  func observation(at position: [Double]) -> Observation? {
    limits[position].map { Observation(position, value: $0) }
  }

  private static func limit(_ workspace: Workspace, at masses: [Double]) -> Double? {
    do {
      let model = try Model(self.workspace(workspace, at: masses))
      return log10(try Analyzer(model).upperLimit().observed)
    } catch {
      print("  failed at \(masses.map { Int($0) }): \(error)")
      return nil
    }
  }

  /// The declared function: the file's yields times a falling cross section, a turn-on in the
  /// mass difference, and a spectrum that hardens from bin to bin.
  private static func workspace(_ workspace: Workspace, at masses: [Double]) -> Workspace {
    let (m1, m2) = (masses[0], masses[1])
    let scale = 2.5 * exp((1300 - m1) / 140) / (1 + exp((350 - m1 + m2) / 80))
    func scaled(_ values: [Double]) -> [Double] {
      values.enumerated().map { bin, value in
        value * scale * exp(Double(bin - 1) * (m1 - 1300) / 1000)
      }
    }
    var result = workspace
    for channel in result.channels.indices {
      for index in result.channels[channel].samples.indices
      where result.channels[channel].samples[index].name.hasPrefix("sbottom") {
        var sample = result.channels[channel].samples[index]
        sample.data = scaled(sample.data)
        sample.modifiers = sample.modifiers.map {
          .init(name: $0.name, kind: $0.kind.scaled(scaled))
        }
        result.channels[channel].samples[index] = sample
      }
    }
    return result
  }
}

extension SamplingBenchmark {
  /// Evaluations, as a part of the grid, until the contour of the whole grid is met to 1 %.
  func pool() async throws {
    guard let file = ProcessInfo.processInfo.environment["REPRISE_WORKSPACE"] else {
      return print("pool: set REPRISE_WORKSPACE to the file of an sbottom workspace")
    }
    let grid = try await DenseGrid(file: file)
    let whole = try GaussianProcess(fitting: grid.pool.compactMap(grid.observation))
    let points = ScanCase.fast.points.filter(grid.space.contains)
    let truth = points.map { whole.mean(at: $0) > 0 }
    let budget = grid.pool.count * 15 / 100
    let errors = try await each { seed in
      let sampler = try Sampler(grid.space, seed: seed, pool: grid.pool)
      var log: [Trial] = []
      var errors: [Double] = []
      while log.count < budget {
        log += try sampler.proposals(1, after: log).map {
          Trial($0, grid.outcome(at: $0.position))
        }
        guard log.count >= 6 else { continue }
        let surrogate = try sampler.surrogates(log)[0]
        let wrong = zip(points, truth).count { (surrogate.mean(at: $0) > 0) != $1 }
        errors.append(Double(wrong) / Double(points.count))
      }
      return errors
    }
    let counts = errors.map { ScanRun.evaluations($0, until: 0.01) }
    Self.line(
      "sbottom, pool of \(grid.pool.count)",
      String(
        format: "until 1 %%: %.1f, %.1f %% of the points; at %d: %.2f %%; excluded %.0f %%",
        Self.median(counts), 100 * Self.median(counts) / Double(grid.pool.count), budget,
        100 * Self.median(errors.map { $0.last ?? 1 }),
        100 * Double(truth.count { !$0 }) / Double(truth.count)))
  }
}

extension Workspace.Modifier.Kind {
  /// Absolute yields and uncertainties go with the nominal ones.
  fileprivate func scaled(_ scale: ([Double]) -> [Double]) -> Self {
    switch self {
    case .normfactor, .shapefactor, .lumi, .normsys: self
    case .histosys(let lo, let hi): .histosys(lo: scale(lo), hi: scale(hi))
    case .shapesys(let deviations): .shapesys(scale(deviations))
    case .staterror(let deviations): .staterror(scale(deviations))
    }
  }
}
