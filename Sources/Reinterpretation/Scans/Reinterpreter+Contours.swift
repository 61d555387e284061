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
    try surrogates(name).prediction(at: point)
  }

  /// The surrogates of a scan: data, hyperparameters and seed, as ``predict(_:at:)`` and
  /// ``SurrogateReport/prediction(at:)`` use them.
  public func surrogates(_ name: String) throws(Failure) -> SurrogateReport {
    try classified {
      let record = try registry().scan(name)
      let scan = try prepared(record)
      let surrogates = try surrogates(of: scan, scan.state(registry().log(of: record)))
      return SurrogateReport(
        scan: name, seed: scan.specification.seed,
        parameters: scan.specification.parameters.map(ScanReport.Parameter.init),
        constraints: scan.specification.constraints,
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
