// SPDX-License-Identifier: Apache-2.0

/// A channel of a compiled model. Bins of all channels lie one behind the other.
struct ChannelPlan: BitwiseCopyable, Sendable {
  var firstBin: Int
  var binCount: Int
  var firstSample: Int
  var endSample: Int
  /// First of the parameters that touch one bin of this channel only: bin after bin,
  /// `localsPerBin` in each.
  var firstLocal: Int
  var localsPerBin: Int
}

/// A sample of a channel of a compiled model.
///
/// Its expected events in bin b are scale · r_b · h_b, where scale is the product of normfactors,
/// lumi and normsys factors, r_b that of the bin-wise factors (shapesys, staterror, shapefactor),
/// and h_b = nominal_b + Σ_k c_k t_bk over its templates.
struct SamplePlan: BitwiseCopyable, Sendable {
  /// First of its cells; one cell per (channel, sample, bin), which is also the order of yields.
  var firstCell: Int
  var firstBin: Int
  var binCount: Int
  /// Its normfactors and lumi, in `factorParameters`.
  var firstFactor: Int
  var endFactor: Int
  /// Its normsys entries.
  var firstNormsys: Int
  var endNormsys: Int
  /// Its bin-wise modifiers.
  var firstBinwise: Int
  var endBinwise: Int
  /// Its templates: columns of a matrix [bins × stride], padded with zeros to a multiple of eight.
  var firstTemplate: Int
  var templateCount: Int
  var firstMatrixElement: Int
  /// Columns of the matrix.
  var stride: Int { (templateCount + 7) & ~7 }
}

/// A bin-wise modifier of a sample: bin b is multiplied by parameter `firstParameter + b`.
struct BinwisePlan: BitwiseCopyable, Sendable {
  var firstParameter: Int
  /// Position among the local parameters of each bin; −1 if the parameter touches several bins.
  var localOrdinal: Int
}

/// The compiled form of a model: flat tables that the likelihood goes through.
///
/// Every histosys is a·S_b + q(a)·A_b with S = (hi − lo)/2, A = (hi + lo − 2 nominal)/16 and an even
/// function q that is the interpolation code, so the deformations of all samples are one block-diagonal matrix times one vector of coefficients (a, q(a)). Columns
/// that vanish are not stored. All of the model's dependence on histosys is in that product.
struct ModelStructure: Sendable {
  let options: ModelOptions
  let binCount: Int
  let cellCount: Int
  let channels: ConstantTable<ChannelPlan>
  let samples: ConstantTable<SamplePlan>
  /// [cells] nominal yields.
  let nominal: ConstantTable<Double>

  /// Parameters with histosys; parameter k has coefficients 2k (a) and 2k + 1 (q).
  let histosysParameters: ConstantTable<Int32>
  /// [templates, padded per sample] coefficient of each column; padding has 2 · count.
  let templateCoefficients: ConstantTable<Int32>
  /// [samples] how many parameters have both columns, which stand first and side by side, and how
  /// many columns there are.
  let templateSizes: ConstantTable<Int32>
  let templates: ConstantTable<Double>
  /// (rows, columns) of each sample's matrix, for the kernels.
  let templateShapes: ConstantTable<Int32>

  let factorParameters: ConstantTable<Int32>
  let normsysParameters: ConstantTable<Int32>
  /// [samples + 1] where the normsys entries of each sample begin.
  let normsysStarts: ConstantTable<Int32>
  /// Eight polynomial coefficients and logarithms per entry, structure of arrays.
  let normsysCoefficients: ConstantTable<Double>
  let binwise: ConstantTable<BinwisePlan>

  let curvature: CurvatureLayout
  let constraints: ConstraintTable
}

/// Which parameters are eliminated bin by bin, and where each parameter stands in the Hessian.
struct CurvatureLayout: Sendable {
  /// Parameters of the dense block.
  let shared: ConstantTable<Int32>
  /// Parameters that touch exactly one bin, in order of bins.
  let local: ConstantTable<Int32>
  /// [parameters] position in `shared`, or −1 − position in `local`.
  let position: ConstantTable<Int32>
  /// Runs of `local` that share a bin: starts, and one past the end.
  let blockStarts: [Int]

  /// Rows and columns of the dense block with its padding.
  var stride: Int { (shared.count + 7) & ~7 }
}
