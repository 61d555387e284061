// SPDX-License-Identifier: Apache-2.0
import Histograms

extension SelectionCompiler {
  /// What a histogram is filled with, with the present meaning of names; nil after reporting.
  func lower(
    _ histogram: SelectionSpecification.Histogram, in specification: SelectionSpecification
  ) -> Universe.Histogram? {
    let path = "histograms.\(histogram.name)"
    let before = problems.count
    let regions = specification.regions.map(\.name)
    if !regions.contains(histogram.region) {
      report(
        "there is no region '\(histogram.region)'"
          + suggestion(for: histogram.region, among: regions), path: path + ".region")
    }
    if !(1...2).contains(histogram.axes.count) {
      report("a histogram has one axis or two, not \(histogram.axes.count)", path: path)
    }
    let lowered = histogram.axes.enumerated().compactMap { position, axis in
      lower(axis, path: "\(path).axes[\(position)]")
    }
    let bins = lowered.reduce(1) { $0 * ($1.axis.binCount + 2) }
    if bins > Self.largestBinCount {
      report(
        "the histogram has \(bins) bins, flow bins included, more than \(Self.largestBinCount)",
        path: path)
    }
    guard problems.count == before else { return nil }
    return Universe.Histogram(values: lowered.map(\.value), axes: lowered.map(\.axis))
  }

  /// Most bins of a histogram of a selection.
  private static let largestBinCount = 1_000_000

  private func lower(
    _ axis: SelectionSpecification.HistogramAxis, path: String
  ) -> (value: NodeID, axis: Axis)? {
    let node = lowerScalar(axis.value, path: path + ".value", .number)
    do throws(HistogramError) {
      let bins =
        switch axis.binning {
        case .uniform(let count, let lower, let upper):
          try Axis(name: axis.value, bins: count, lower: lower, upper: upper)
        case .edges(let edges): try Axis(name: axis.value, edges: edges)
        }
      return node.map { (realOfEvent($0), bins) }
    } catch {
      report(error.message, path: path + ".bins")
      return nil
    }
  }
}
