// SPDX-License-Identifier: Apache-2.0
import CKernels

/// Turns a workspace into the flat tables of a `ModelStructure`.
struct ModelCompiler {
  private let table: ParameterTable
  private let options: ModelOptions
  private var binCount = 0
  private var cells: [Double] = []
  private var channels: [ChannelPlan] = []
  private var samples: [SamplePlan] = []
  private var templates: TemplateTable.Builder
  /// [slots] position among the parameters with histosys.
  private var histosysIndex: [Int]
  private var factorParameters: [Int32] = []
  private var normsys: [NormsysTable.Use] = []
  private var binwise: [Int32] = []
  private var locals: [Int32] = []
  private var blockStarts = [0]
  private let channelsOfBinwise: [String: Int]

  private var bends: [[Int]] = []
  private var staterrorUses: [(cell: Int, slot: Int, yield: Double)] = []
  private var shapesysUses: [(cell: Int, slot: Int, yield: Double)] = []

  /// [parameters × kinds] the last sample with such a modifier.
  private var lastUse: [Int]
  /// Positions of the parameters of one sample's modifiers.
  private var parameterIndices: [Int] = []

  /// (channel, sample) → cells.
  private(set) var yieldRanges: [String: [String: Range<Int>]] = [:]

  init(_ workspace: Workspace, table: ParameterTable, options: ModelOptions) {
    self.table = table
    self.options = options
    channelsOfBinwise = Self.countChannels(workspace)
    let histosys = table.parameters.filter { table.histosysNames.contains($0.name) }
      .map(\.range.lowerBound)
    templates = TemplateTable.Builder(slots: histosys.map(Int32.init))
    histosysIndex = Array(repeating: 0, count: table.parameters.last?.range.upperBound ?? 0)
    for (index, slot) in histosys.enumerated() { histosysIndex[slot] = index }
    lastUse = Array(
      repeating: -1, count: table.parameters.count * Workspace.Modifier.KindName.allCases.count)
    for channel in workspace.sortedChannels { compile(channel) }
  }

  /// The tables, and how constraints and templates follow the yields.
  func result(measurement: Workspace.Measurement) -> (ModelStructure, YieldDependence) {
    let (templates, positions) = templates.table()
    let structure = structure(templates)
    let given = Set(measurement.parameters.filter { $0.sigmas != nil }.map(\.name))
    let dependence = YieldDependence(
      bends: bends.map { $0.map { templates.bends + positions[$0] } },
      staterrors: staterrorUses, shapesys: shapesysUses,
      givenWidths: Set(
        table.parameters.filter { given.contains($0.name) }.flatMap { Array($0.range) }),
      parameters: table.parameters, constraints: structure.constraints)
    return (structure, dependence)
  }

  private func structure(_ templates: TemplateTable) -> ModelStructure {
    let slotCount = histosysIndex.count
    let normsys = NormsysTable(normsys, samples: samples.count, slotCount: slotCount)
    var plans = samples
    var (block, element) = (0, 0)
    for index in plans.indices {
      let count = templates.blockCounts[index]
      (plans[index].firstBlock, plans[index].blockCount) = (block, count)
      plans[index].firstElement = element
      block += count
      element += 8 * count * plans[index].binCount
    }
    let kernelSamples = zip(plans, normsys.productOfSample).map { plan, product in
      kernel_sample(
        first_bin: Int32(plan.firstBin), bins: Int32(plan.binCount),
        blocks: Int32(plan.blockCount), factors: Int32(plan.endFactor - plan.firstFactor),
        binwise: Int32(plan.endBinwise - plan.firstBinwise), product: Int32(product))
    }
    return ModelStructure(
      options: options, binCount: binCount, cellCount: cells.count,
      channels: ConstantTable(channels), samples: ConstantTable(plans),
      nominal: ConstantTable(cells), templates: templates, normsys: normsys,
      factorParameters: ConstantTable(factorParameters), binwise: ConstantTable(binwise),
      kernelSamples: ConstantTable(kernelSamples),
      curvature: curvatureLayout(templates, slotCount: slotCount),
      constraints: ConstraintTable(table.parameters))
  }

  private func curvatureLayout(_ templates: TemplateTable, slotCount: Int) -> CurvatureLayout {
    var shared = (0..<templates.parameters.count).map { templates.parameters[$0] }
    var isPlaced = Array(repeating: false, count: slotCount)
    for slot in shared + locals { isPlaced[Int(slot)] = true }
    shared += (0..<slotCount).filter { !isPlaced[$0] }.map(Int32.init)
    var position = Array(repeating: Int32(0), count: slotCount)
    for (index, slot) in shared.enumerated() { position[Int(slot)] = Int32(index) }
    for (index, slot) in locals.enumerated() { position[Int(slot)] = Int32(-1 - index) }
    return CurvatureLayout(
      shared: ConstantTable(shared), local: ConstantTable(locals),
      position: ConstantTable(position), blockStarts: blockStarts)
  }
}

extension ModelCompiler {
  /// How many channels share each shapefactor: only one that is not shared is local to its bins.
  private static func countChannels(_ workspace: Workspace) -> [String: Int] {
    var channels: [String: Set<String>] = [:]
    for channel in workspace.channels {
      for sample in channel.samples {
        for modifier in sample.modifiers where modifier.kindName == .shapefactor {
          channels[modifier.name, default: []].insert(channel.name)
        }
      }
    }
    return channels.mapValues(\.count)
  }

  private mutating func compile(_ channel: Workspace.Channel) {
    let bins = channel.samples.first?.data.count ?? 0
    var plan = ChannelPlan(
      firstBin: binCount, binCount: bins, firstSample: samples.count, endSample: samples.count,
      firstLocal: locals.count, localsPerBin: 0)
    let binwiseStarts = binwiseParameters(of: channel)
    let localNames = binwiseStarts.keys.filter { channelsOfBinwise[$0, default: 1] == 1 }
      .sorted(by: precedes)
    plan.localsPerBin = localNames.count
    for bin in 0..<bins {
      for name in localNames { locals.append(Int32(binwiseStarts[name, default: 0] + bin)) }
      if !localNames.isEmpty { blockStarts.append(locals.count) }
    }
    for sample in channel.sortedSamples {
      compile(sample, bins: bins, binwiseStarts: binwiseStarts)
      yieldRanges[channel.name, default: [:]][sample.name] = cells.count - bins..<cells.count
    }
    plan.endSample = samples.count
    channels.append(plan)
    binCount += bins
  }

  /// First slot of each bin-wise modifier in this channel. Only a staterror that spans channels
  /// starts anywhere but at its parameter's first slot.
  private func binwiseParameters(of channel: Workspace.Channel) -> [String: Int] {
    var starts: [String: Int] = [:]
    for sample in channel.samples {
      for modifier in sample.modifiers {
        switch modifier.kindName {
        case .shapefactor, .shapesys: starts[modifier.name] = table.start(modifier.name)
        case .staterror:
          starts[modifier.name] =
            table.start(modifier.name)
            + table.staterrorOffsets[modifier.name, default: [:]][channel.name, default: 0]
        case .histosys, .lumi, .normfactor, .normsys: break
        }
      }
    }
    return starts
  }

  private mutating func compile(
    _ sample: Workspace.Sample, bins: Int, binwiseStarts: [String: Int]
  ) {
    var plan = SamplePlan(
      firstCell: cells.count, firstBin: binCount, binCount: bins,
      firstFactor: factorParameters.count, endFactor: 0, firstNormsys: normsys.count,
      endNormsys: 0, firstBinwise: binwise.count, endBinwise: 0)
    cells += sample.data
    bends.append([])
    templates.beginSample(bins: bins)
    let modifiers = effectiveModifiers(sample)
    for (modifier, parameter) in zip(modifiers, parameterIndices) {
      let slot = table.parameters[parameter].range.lowerBound
      switch modifier.kind {
      case .normfactor, .lumi: factorParameters.append(Int32(slot))
      case .normsys(let lo, let hi):
        normsys.append(
          NormsysTable.Use(
            sample: samples.count, slot: slot,
            coefficients: NormsysCoefficients(lo: lo, hi: hi, options.normsys)))
      case .histosys(let lo, let hi):
        let index = histosysIndex[slot]
        bends[bends.count - 1].append(index)
        templates.add(index, nominal: sample.data, lo: lo, hi: hi)
      case .shapefactor, .shapesys, .staterror:
        let start = binwiseStarts[modifier.name, default: 0]
        noteYields(of: sample, modifier, start: start)
        binwise.append(Int32(start))
      }
    }
    plan.endFactor = factorParameters.count
    plan.endNormsys = normsys.count
    plan.endBinwise = binwise.count
    samples.append(plan)
  }

  /// Notes which constraints follow the sample's yields.
  private mutating func noteYields(
    of sample: Workspace.Sample, _ modifier: Workspace.Modifier, start: Int
  ) {
    let first = cells.count - sample.data.count
    for (bin, yield) in sample.data.enumerated() {
      switch modifier.kindName {
      case .staterror: staterrorUses.append((first + bin, start + bin, yield))
      case .shapesys: shapesysUses.append((first + bin, start + bin, yield))
      case .histosys, .lumi, .normfactor, .normsys, .shapefactor: break
      }
    }
  }

  /// Of several modifiers with one kind and name pyhf applies the last. Leaves the positions of their
  /// parameters in `parameterIndices`.
  private mutating func effectiveModifiers(_ sample: Workspace.Sample) -> [Workspace.Modifier] {
    let kinds = Workspace.Modifier.KindName.allCases.count
    var keys: [Int] = []
    keys.reserveCapacity(sample.modifiers.count)
    var isRepeated = false
    for modifier in sample.modifiers {
      let key = table.index[modifier.name, default: 0] * kinds + modifier.kindName.rawValue
      isRepeated = isRepeated || lastUse[key] == samples.count
      lastUse[key] = samples.count
      keys.append(key)
    }
    var modifiers = sample.modifiers
    if isRepeated {
      var last: [Int: Int] = [:]
      for (index, key) in keys.enumerated() { last[key] = index }
      let kept = last.values.sorted()
      modifiers = kept.map { modifiers[$0] }
      keys = kept.map { keys[$0] }
    }
    parameterIndices = keys.map { $0 / kinds }
    return modifiers
  }
}
