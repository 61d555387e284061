// SPDX-License-Identifier: Apache-2.0
import Foundation
import Preservation
import Sampling
import Workflow

extension Reinterpreter {
  /// The contours of a scan.
  ///
  /// - Parameters:
  ///   - name: the scan.
  ///   - output: the output; nil takes all.
  ///   - slice: axes and what becomes of the other parameters, for scans of more than two.
  public func contour(_ name: String, output: String? = nil, slice: ScanSlice = ScanSlice())
    throws(Failure) -> ContourReport
  {
    try classified {
      let (record, surface) = try surface(name, slice)
      let specification = surface.scan.specification
      let names = specification.outputs.map(\.name)
      if let output, !names.contains(output) {
        throw Failure.refused(
          "scan '\(name)' has no output '\(output)'"
            + "\(Suggestion.hint(for: output, among: names, known: "it has")).")
      }
      let curves = try names.indices.filter { output == nil || names[$0] == output }.flatMap {
        index in
        let band: [Int?] = surface.hasTheoryBand(index) ? [nil, -1, 1] : [nil]
        return try band.map { try surface.curve(index, theory: $0) }
          .filter { $0.theory == nil || !$0.lines.isEmpty }
      }
      return ContourReport(
        scan: name, analysis: record.analysis,
        parameters: surface.slice.axes.map {
          ScanReport.Parameter(specification.parameters[$0])
        }, fixed: surface.slice.fixed,
        profiled: surface.slice.profiled.map { specification.parameters[$0].name },
        contours: curves)
    }
  }

  /// What the surrogates of a scan say of a point of its ranges. Needs two points with a result.
  public func predict(_ name: String, at point: [String: Double]) throws(Failure)
    -> PredictionReport
  {
    try classified {
      let record = try registry().scan(name)
      let scan = try prepared(record)
      let specification = scan.specification
      let names = specification.parameters.map(\.name)
      for other in point.keys.sorted() where !names.contains(other) {
        throw Failure.refused(
          "scan '\(name)' has no parameter '\(other)'"
            + "\(Suggestion.hint(for: other, among: names, known: "it has")).")
      }
      let position = try specification.parameters.map { parameter in
        guard let value = point[parameter.name] else {
          throw Failure.refused("the point lacks '\(parameter.name)': give all parameters.")
        }
        guard (parameter.lower...parameter.upper).contains(value) else {
          throw Failure.refused(
            "\(parameter.name) = \(value) is outside of the scan's range, \(parameter.lower) to "
              + "\(parameter.upper); there the surrogate knows nothing.")
        }
        return parameter.fraction(of: value)
      }
      let surrogates = try surrogates(of: scan, scan.state(registry().log(of: record)))
      return PredictionReport(
        scan: name, point: point, isAllowed: scan.sampler.space.contains(position),
        outputs: zip(specification.outputs, surrogates).map { output, surrogate in
          PredictionReport.Output(output, surrogate.prediction(at: position))
        })
    }
  }

  /// The surrogates of a scan: data, hyperparameters and seed, as ``predict(_:at:)`` uses them.
  public func surrogates(_ name: String) throws(Failure) -> SurrogateReport {
    try classified {
      let record = try registry().scan(name)
      let scan = try prepared(record)
      let surrogates = try surrogates(of: scan, scan.state(registry().log(of: record)))
      return SurrogateReport(
        scan: name, seed: scan.specification.seed,
        parameters: scan.specification.parameters.map(ScanReport.Parameter.init),
        outputs: zip(scan.specification.outputs, surrogates).map {
          .init(output: ScanReport.Output($0), process: $1)
        })
    }
  }

  /// A slice of a scan's surrogates, and the scan's line in a list.
  func surface(_ name: String, _ slice: ScanSlice) throws -> (ScanSummary, ScanSurface) {
    let record = try registry().scan(name)
    let scan = try prepared(record)
    let plan = try SlicePlan(slice, of: scan.specification)
    let surrogates = try surrogates(of: scan, scan.state(registry().log(of: record)))
    return (ScanSummary(record), try ScanSurface(scan, plan, surrogates))
  }
}

extension PredictionReport.Output {
  fileprivate init(_ output: ScanOutput, _ prediction: (mean: Double, deviation: Double)) {
    let ends = [-1.0, 1].map { output.result(of: prediction.mean + $0 * prediction.deviation) }
    self.init(
      name: output.name, value: output.result(of: prediction.mean),
      lower: min(ends[0], ends[1]), upper: max(ends[0], ends[1]),
      excluded: output.exclusion(mean: prediction.mean, deviation: prediction.deviation))
  }
}
