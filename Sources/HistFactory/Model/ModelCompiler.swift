// SPDX-License-Identifier: Apache-2.0

/// Turns a workspace into the flat tables of a `ModelStructure`.
struct ModelCompiler {
  private let table: ParameterTable
  private let options: ModelOptions
  private var binCount = 0
  private var cells: [Double] = []
  private var channels: [ChannelPlan] = []
  private var samples: [SamplePlan] = []
  private var histosysIndex: [String: Int] = [:]
  private var histosysParameters: [Int32] = []
  private var templateCoefficients: [Int32] = []
  private var templates: [Double] = []
  private var templateShapes: [Int32] = []
  private var templateSizes: [Int32] = []
  private var factorParameters: [Int32] = []
  private var normsysParameters: [Int32] = []
  private var normsysCoefficients: [NormsysCoefficients] = []
  private var binwise: [BinwisePlan] = []
  private var locals: [Int32] = []
  private var blockStarts = [0]
  private let channelsOfBinwise: [String: Int]

  private var bends: [[Int]] = []
  private var staterrorUses: [(cell: Int, slot: Int, yield: Double)] = []
  private var shapesysUses: [(cell: Int, slot: Int, yield: Double)] = []

  /// (channel, sample) → cells.
  private(set) var yieldRanges: [String: [String: Range<Int>]] = [:]

  init(_ workspace: Workspace, table: ParameterTable, options: ModelOptions) {
    self.table = table
    self.options = options
    channelsOfBinwise = Self.countChannels(workspace)
    for parameter in table.parameters where table.histosysNames.contains(parameter.name) {
      histosysIndex[parameter.name] = histosysParameters.count
      histosysParameters.append(Int32(parameter.range.lowerBound))
    }
    for channel in workspace.sortedChannels { compile(channel) }
  }

  /// How the constraints and templates follow the yields.
  func yieldDependence(
    constraints: ConstraintTable, measurement: Workspace.Measurement
  ) -> YieldDependence {
    let given = Set(measurement.parameters.filter { $0.sigmas != nil }.map(\.name))
    return YieldDependence(
      bends: bends, staterrors: staterrorUses, shapesys: shapesysUses,
      givenWidths: Set(
        table.parameters.filter { given.contains($0.name) }.flatMap { Array($0.range) }),
      parameters: table.parameters, constraints: constraints)
  }

  func structure() -> ModelStructure {
    var coefficients: [Double] = []
    for k in 0..<8 { coefficients += normsysCoefficients.map { $0.values[k] } }
    let count = table.parameters.last?.range.upperBound ?? 0
    var position = Array(repeating: Int32(0), count: count)
    for (index, parameter) in locals.enumerated() { position[Int(parameter)] = Int32(-1 - index) }
    var shared: [Int32] = []
    for slot in 0..<count where position[slot] >= 0 {
      position[slot] = Int32(shared.count)
      shared.append(Int32(slot))
    }
    return ModelStructure(
      options: options, binCount: binCount, cellCount: cells.count,
      channels: ConstantTable(channels),
      samples: ConstantTable(samples), nominal: ConstantTable(cells),
      histosysParameters: ConstantTable(histosysParameters),
      templateCoefficients: ConstantTable(
        templateCoefficients.map { $0 < 0 ? Int32(2 * histosysParameters.count) : $0 }),
      templateSizes: ConstantTable(templateSizes), templates: ConstantTable(templates),
      templateShapes: ConstantTable(templateShapes),
      factorParameters: ConstantTable(factorParameters),
      normsysParameters: ConstantTable(normsysParameters),
      normsysStarts: ConstantTable(
        samples.map { Int32($0.firstNormsys) } + [Int32(normsysParameters.count)]),
      normsysCoefficients: ConstantTable(coefficients), binwise: ConstantTable(binwise),
      curvature: CurvatureLayout(
        shared: ConstantTable(shared), local: ConstantTable(locals),
        position: ConstantTable(position), blockStarts: blockStarts),
      constraints: ConstraintTable(table.parameters))
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
      compile(sample, bins: bins, binwiseStarts: binwiseStarts, localNames: localNames)
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
    _ sample: Workspace.Sample, bins: Int, binwiseStarts: [String: Int], localNames: [String]
  ) {
    var plan = SamplePlan(
      firstCell: cells.count, firstBin: binCount, binCount: bins,
      firstFactor: factorParameters.count, endFactor: 0, firstNormsys: normsysParameters.count,
      endNormsys: 0, firstBinwise: binwise.count, endBinwise: 0,
      firstTemplate: templateCoefficients.count, templateCount: 0,
      firstMatrixElement: templates.count)
    cells += sample.data
    bends.append([])
    var columns: [(coefficient: Int, values: [Double])] = []
    for modifier in effectiveModifiers(sample) {
      switch modifier.kind {
      case .normfactor, .lumi: factorParameters.append(Int32(table.start(modifier.name)))
      case .normsys(let lo, let hi):
        normsysParameters.append(Int32(table.start(modifier.name)))
        normsysCoefficients.append(NormsysCoefficients(lo: lo, hi: hi, options.normsys))
      case .histosys(let lo, let hi):
        let index = histosysIndex[modifier.name, default: 0]
        bends[bends.count - 1].append(index)
        let (slope, bend) = Self.templates(nominal: sample.data, lo: lo, hi: hi)
        columns.append((2 * index, slope))
        columns.append((2 * index + 1, bend))
      case .shapefactor, .shapesys, .staterror:
        noteYields(of: sample, modifier, start: binwiseStarts[modifier.name, default: 0])
        binwise.append(
          BinwisePlan(
            firstParameter: binwiseStarts[modifier.name, default: 0],
            localOrdinal: localNames.firstIndex(of: modifier.name) ?? -1))
      }
    }
    columns.removeAll { $0.values.allSatisfy { $0 == 0 } }
    let pairs = Self.arrange(&columns)
    templateSizes += [Int32(pairs), Int32(columns.count)]
    plan.templateCount = columns.count
    let padding = plan.stride - columns.count
    templateCoefficients += columns.map { Int32($0.coefficient) }
    templateCoefficients += Array(repeating: -1, count: padding)
    for bin in 0..<bins {
      templates += columns.map { $0.values[bin] }
      templates += Array(repeating: 0, count: padding)
    }
    templateShapes += [Int32(bins), Int32(plan.stride)]
    plan.endFactor = factorParameters.count
    plan.endNormsys = normsysParameters.count
    plan.endBinwise = binwise.count
    samples.append(plan)
  }

  /// Puts the columns of parameters that have both first, side by side.
  ///
  /// - Returns: how many such parameters there are.
  private static func arrange(_ columns: inout [(coefficient: Int, values: [Double])]) -> Int {
    columns.sort { $0.coefficient < $1.coefficient }
    var counts: [Int: Int] = [:]
    for column in columns { counts[column.coefficient / 2, default: 0] += 1 }
    let isPaired = { (column: (coefficient: Int, values: [Double])) in
      counts[column.coefficient / 2] == 2
    }
    columns = columns.filter(isPaired) + columns.filter { !isPaired($0) }
    return counts.values.count { $0 == 2 }
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

  /// Of several modifiers with one kind and name pyhf applies the last.
  private func effectiveModifiers(_ sample: Workspace.Sample) -> [Workspace.Modifier] {
    struct Key: Hashable { let kind: Workspace.Modifier.KindName, name: String }
    var last: [Key: Int] = [:]
    last.reserveCapacity(sample.modifiers.count)
    for (index, modifier) in sample.modifiers.enumerated() {
      last[Key(kind: modifier.kindName, name: modifier.name)] = index
    }
    if last.count == sample.modifiers.count { return sample.modifiers }
    return last.values.sorted().map { sample.modifiers[$0] }
  }

  /// S and A of a histosys; an A that is nothing but rounding (symmetric templates) becomes 0.
  private static func templates(
    nominal: [Double], lo: [Double], hi: [Double]
  ) -> (slope: [Double], bend: [Double]) {
    let slope = zip(lo, hi).map { 0.5 * ($1 - $0) }
    let bend = nominal.indices.map { bin in
      let sum = hi[bin] + lo[bin] - 2 * nominal[bin]
      let size = abs(hi[bin]) + abs(lo[bin]) + 2 * abs(nominal[bin])
      return abs(sum) <= 0x1p-52 * size ? 0 : sum / 16
    }
    return (slope, bend)
  }
}
