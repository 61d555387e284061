// SPDX-License-Identifier: Apache-2.0
import Artifacts
import Foundation
import Workflow

/// A signal family made ready: gives the signal of any point of a scan.
struct PointSignals: Sendable {
  private let family: SignalFamily
  private let parameters: [ScanParameter]
  private var store: ArtifactStore
  private let scanSeed: UInt64
  /// nil unless the family has an efficiency map.
  let interpolation: EfficiencyInterpolation?

  init(
    _ family: SignalFamily, for scan: ScanSpecification, of analysis: AnalysisSpecification,
    in store: ArtifactStore
  ) throws {
    self.family = family
    self.store = store
    parameters = scan.parameters
    scanSeed = scan.seed
    if case .efficiencyMap(let map) = family.source {
      interpolation = try EfficiencyInterpolation(map, replacedIn: analysis, from: store)
    } else {
      interpolation = nil
    }
  }

  /// The same, with files and yields in another store.
  func storing(in store: ArtifactStore) -> PointSignals {
    var copy = self
    copy.store = store
    return copy
  }

  /// The family's name.
  var name: String { family.name }

  /// The only points there are, in the order of the scan's parameters; nil when any will do.
  var pool: [[Double]]? {
    family.pool?.compactMap { point in
      let values = parameters.compactMap { point[$0.name] }
      let isInside = zip(parameters, values).allSatisfy { $0.lower <= $1 && $1 <= $0.upper }
      return values.count == parameters.count && isInside ? values : nil
    }
  }

  /// The signal at a point.
  ///
  /// - Throws: `RefusedPoint` where there is none, `ArtifactError`.
  func signal(at point: [String: Double]) throws -> Signal {
    try family.signal(
      at: point,
      replacement: interpolation.map { interpolation in
        let yields = try CanonicalJSON.data(interpolation.yields(at: point))
        return StepInput(artifacts: [try store.put(yields, mediaType: "application/json")])
      }, parameters: parameters)
  }

  /// The seed of a proposal's run. Only generated points have one of their own: what is not random
  /// is found again by other scans.
  func seed(of number: Int) -> UInt64 {
    guard case .generator = family.source else { return 0 }
    var bytes = withUnsafeBytes(of: scanSeed.littleEndian) { Data($0) }
    withUnsafeBytes(of: UInt64(number).littleEndian) { bytes.append(contentsOf: $0) }
    // Pythia takes 1…900 000 000.
    return (UInt64(Fingerprint(of: bytes).hex.prefix(15), radix: 16) ?? 0) % 900_000_000 + 1
  }

  /// Whether the results' uncertainties are independent from point to point, as those of
  /// simulations are and those of an interpolation aren't.
  var hasIndependentErrors: Bool {
    if case .efficiencyMap = family.source { false } else { true }
  }

  /// The theory uncertainty of the cross section over its value; nil where none is known.
  func relativeUncertainty(at point: [String: Double]) -> Double? {
    // Outside of the table there is no band.
    guard let crossSection = try? family.crossSection?.crossSection(at: point),
      let uncertainty = crossSection.uncertainty, uncertainty > 0
    else { return nil }
    return uncertainty / crossSection.value
  }
}

extension ScanParameter {
  /// Where a value lies in the range, 0 at its lower end and 1 at its upper one.
  func fraction(of value: Double) -> Double {
    isLogarithmic ? log(value / lower) / log(upper / lower) : (value - lower) / (upper - lower)
  }
}
