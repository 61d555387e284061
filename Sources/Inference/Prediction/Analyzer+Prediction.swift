// SPDX-License-Identifier: Apache-2.0
import HistFactory

extension Analyzer {
  /// Expected events where the auxiliary measurements are, with the constraints' widths as
  /// uncertainties of the parameters; parameters that are fixed or have no constraint stay at their
  /// initial values and have none.
  public func prefitPrediction() -> YieldPrediction {
    let widths = zip(model.constraintWidths, model.isFixed).map { $1 ? 0 : $0 ?? 0 }
    var centres = zip(model.inits, model.constraintCentres).map { $1 ?? $0 }
    for i in centres.indices where model.isFixed[i] { centres[i] = model.inits[i] }
    return prediction(centres, uncertainties: widths, correlations: nil)
  }

  /// Expected events at a fit, with the parameters' uncertainties and correlations from the Hessian.
  ///
  /// Parameters are varied by one standard deviation u up and down, one after the other; half of the
  /// differences, dᵢ, give the variance Σ dᵢ ρᵢⱼ dⱼ.
  ///
  /// covariance: that of the same fit, as `covariance(at:)` gives it.
  public func prediction(at fit: FitResult, covariance: ParameterCovariance) -> YieldPrediction {
    prediction(
      fit.bestFit, uncertainties: covariance.uncertainties, correlations: covariance.correlations)
  }

  /// correlations: row-major; nil for none.
  private func prediction(
    _ point: [Double], uncertainties: [Double], correlations: [Double]?
  ) -> YieldPrediction {
    let layout = CellLayout(model)
    let varying = uncertainties.indices.filter { uncertainties[$0] > 0 }
    let changes = varying.map { index in
      var up = point
      var down = point
      up[index] += uncertainties[index]
      down[index] -= uncertainties[index]
      return zip(layout.sums(model.expectedCells(up)), layout.sums(model.expectedCells(down)))
        .map { 0.5 * ($0 - $1) }
    }
    let sums = layout.sums(model.expectedCells(point))
    var variances = [Double](repeating: 0, count: sums.count)
    for (a, i) in varying.enumerated() {
      for k in sums.indices { variances[k] += changes[a][k] * changes[a][k] }
      guard let correlations else { continue }
      for (b, j) in varying.enumerated() where b < a {
        let correlation = 2 * correlations[i * point.count + j]
        for k in sums.indices { variances[k] += correlation * changes[a][k] * changes[b][k] }
      }
    }
    let yields = zip(sums, variances).map {
      YieldPrediction.Yield(value: $0, uncertainty: max(0, $1).squareRoot())
    }
    return layout.prediction(yields, observed: observed.data.main)
  }
}

/// All the sums of a prediction as one vector: cells, samples' totals, bins, channels' totals.
private struct CellLayout {
  private struct Channel {
    let name: String
    let bins: Range<Int>
    var samples: [(name: String, cells: Range<Int>)]
  }

  private var channels: [Channel] = []
  private let cellCount: Int

  init(_ model: Model) {
    var bins = 0
    for (channel, sample, cells) in model.cellLayout {
      if channels.last?.name != channel {
        channels.append(Channel(name: channel, bins: bins..<bins + cells.count, samples: []))
        bins += cells.count
      }
      channels[channels.count - 1].samples.append((sample, cells))
    }
    cellCount = model.yields.count
  }

  func sums(_ cells: [Double]) -> [Double] {
    var result = cells
    for channel in channels {
      var bins = [Double](repeating: 0, count: channel.bins.count)
      for sample in channel.samples {
        result.append(cells[sample.cells].reduce(0, +))
        for (bin, cell) in sample.cells.enumerated() { bins[bin] += cells[cell] }
      }
      result += bins
      result.append(bins.reduce(0, +))
    }
    return result
  }

  func prediction(_ yields: [YieldPrediction.Yield], observed: [Double]) -> YieldPrediction {
    var next = cellCount
    return YieldPrediction(
      channels: channels.map { channel in
        let samples = channel.samples.map { sample in
          defer { next += 1 }
          return YieldPrediction.Sample(
            name: sample.name, bins: Array(yields[sample.cells]), total: yields[next])
        }
        let bins = Array(yields[next..<next + channel.bins.count])
        next += channel.bins.count + 1
        return YieldPrediction.Channel(
          name: channel.name, observed: Array(observed[channel.bins]), bins: bins,
          total: yields[next - 1], samples: samples)
      })
  }
}
