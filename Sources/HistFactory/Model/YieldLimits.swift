// SPDX-License-Identifier: Apache-2.0
import Differentiation

/// Which yields of a model with lower limits are above them, at the point last evaluated.
///
/// A yield at its limit is a constant: it contributes to no derivative.
final class YieldLimits {
  /// [cells], [bins] 1 above the limit, 0 at it.
  let activeCells: WorkArray
  let activeBins: WorkArray
  private let sampleMinimum: Double?
  private let binMinimum: Double?

  /// nil for a model without limits.
  init?(_ structure: ModelStructure) {
    sampleMinimum = structure.options.minimumSampleYield
    binMinimum = structure.options.minimumBinYield
    guard sampleMinimum != nil || binMinimum != nil else { return nil }
    activeCells = WorkArray(structure.cellCount)
    activeCells.fill(1)
    activeBins = WorkArray(structure.binCount)
    activeBins.fill(1)
  }

  /// Lifts the rates just evaluated to the limits.
  func apply(to evaluator: RateEvaluator) {
    let rates = evaluator.rates.base, structure = evaluator.structure
    if let sampleMinimum {
      evaluator.rates.clear()
      for index in 0..<structure.samples.count {
        let sample = structure.samples[index], scale = evaluator.scales.base[index]
        for bin in 0..<sample.binCount {
          let cell = sample.firstCell + bin
          let events =
            scale * evaluator.binwiseFactors.base[cell] * evaluator.shapes.base[cell]
          activeCells.base[cell] = events < sampleMinimum ? 0 : 1
          rates[sample.firstBin + bin] += events < sampleMinimum ? sampleMinimum : events
        }
      }
    }
    guard let binMinimum else { return }
    for bin in 0..<structure.binCount {
      activeBins.base[bin] = rates[bin] < binMinimum ? 0 : 1
      if rates[bin] < binMinimum { rates[bin] = binMinimum }
    }
  }

  /// Takes the bins at their limit out of derivatives with respect to rates.
  func mask(_ gradient: WorkArray, _ curvature: WorkArray) {
    for bin in 0..<activeBins.count where activeBins.base[bin] == 0 {
      gradient.base[bin] = 0
      curvature.base[bin] = 0
    }
  }

  /// Takes the cells at their limit out of what is pulled back to one sample.
  ///
  /// - Returns: Σ_b pulled · h of the rest.
  func mask(_ pulled: WorkArray, _ sample: SamplePlan, shapes: WorkArray) -> Double {
    var moment = 0.0
    for cell in sample.firstCell..<sample.firstCell + sample.binCount {
      pulled.base[cell] *= activeCells.base[cell]
      moment += pulled.base[cell] * shapes.base[cell]
    }
    return moment
  }

  /// Whether a cell is above its limit.
  @inline(__always) func isActive(_ cell: Int) -> Bool { activeCells.base[cell] != 0 }
}
