// SPDX-License-Identifier: Apache-2.0
import CKernels

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
  /// Its normsys, in `NormsysTable.slots`.
  var firstNormsys: Int
  var endNormsys: Int
  /// Its bin-wise modifiers.
  var firstBinwise: Int
  var endBinwise: Int
  /// Its blocks of templates and the first of their numbers [blocks × bins × 8].
  var firstBlock = 0
  var blockCount = 0
  var firstElement = 0
}

/// The compiled form of a model: flat tables that the likelihood goes through.
///
/// All of the model's dependence on histosys is in `templates`, all of that on normsys in `normsys`.
struct ModelStructure: Sendable {
  let options: ModelOptions
  let binCount: Int
  let cellCount: Int
  let channels: ConstantTable<ChannelPlan>
  let samples: ConstantTable<SamplePlan>
  /// [cells] nominal yields.
  let nominal: ConstantTable<Double>

  let templates: TemplateTable
  let normsys: NormsysTable
  let factorParameters: ConstantTable<Int32>
  /// Bin-wise modifiers: bin b of their sample is multiplied by parameter `binwise` + b.
  let binwise: ConstantTable<Int32>
  /// [samples] the plans once more, as the kernels take them.
  let kernelSamples: ConstantTable<kernel_sample>

  let curvature: CurvatureLayout
  let constraints: ConstraintTable
}

extension ModelStructure {
  /// Pointers for the kernels; valid as long as this structure.
  var kernelTables: kernel_rate_tables {
    kernel_rate_tables(
      samples: kernelSamples.base, sample_count: samples.count, nominal: nominal.base,
      templates: templates.values.base, blocks: templates.blocks.base,
      factors: factorParameters.base, binwise: binwise.base)
  }
}

/// Which parameters are eliminated bin by bin, and where each parameter stands in the Hessian.
struct CurvatureLayout: Sendable {
  /// Parameters of the dense block; those of `TemplateTable` first, in its order.
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
