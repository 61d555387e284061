// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference

/// A workspace with options, a signal strength and points, all drawn from one seed.
///
/// Every modifier type, alone and together, with parameters shared by samples, channels and types;
/// bins without yields, without data and without uncertainties; measurements that configure
/// parameters.
struct WorkspaceDraw {
  let seed: UInt64
  private(set) var workspace: Workspace
  private(set) var options = ModelOptions()
  /// A signal strength within the bounds of mu.
  private(set) var mu = 1.0
  var numbers: SeededNumbers

  private static let systematics = ["jes", "jer", "btag"]

  init(seed: UInt64) {
    self.seed = seed
    numbers = SeededNumbers(seed)
    workspace = Workspace(channels: [], observations: [], measurements: [])
    drawOptions()
    drawChannels()
    workspace.observations = workspace.channels.map { observation(of: $0) }
    workspace.measurements = [measurement()]
    mu = numbers.uniform(0.2...3)
  }

  private mutating func drawOptions() {
    options.histosys = numbers.one(of: ModelOptions.HistosysInterpolation.allCases)
    options.normsys = numbers.one(of: ModelOptions.NormsysInterpolation.allCases)
    if numbers.happens(0.08) { options.minimumSampleYield = numbers.uniform(0...1) }
    if numbers.happens(0.08) { options.minimumBinYield = numbers.uniform(0.01...3) }
  }

  // MARK: Channels

  private mutating func drawChannels() {
    let names = numbers.one(of: [["SR", "CR", "VR"], ["b", "a", "ä"], ["SR_2", "SR_10", "SR_1"]])
    let sharedBins = numbers.whole(1...3)
    // A staterror of all channels needs the same samples in each. So does a lower limit of samples'
    // yields: pyhf adds it in channels that don't have the sample, too.
    let spans = numbers.happens(0.08)
    let sharesSamples = spans || options.minimumSampleYield != nil
    let sampleCount = numbers.whole(2...4)
    for name in names.prefix(numbers.whole(1...3)) {
      let bins = numbers.happens(0.15) ? numbers.whole(4...8) : sharedBins
      let count = sharesSamples ? sampleCount : numbers.whole(2...4)
      var samples: [Workspace.Sample] = []
      for sample in ["signal", "top", "fakes", "wz"].prefix(count) {
        samples.append(self.sample(sample, channel: name, bins: bins, sharedBins: sharedBins))
      }
      samples[0].modifiers.append(.init(name: "mu", kind: .normfactor))
      addStatisticalErrors(to: &samples, name: spans ? "stat" : "stat_" + name, toAll: spans)
      workspace.channels.append(.init(name: name, samples: samples))
    }
  }

  private mutating func sample(
    _ name: String, channel: String, bins: Int, sharedBins: Int
  ) -> Workspace.Sample {
    let isSignal = name == "signal"
    let scale = numbers.happens(0.05) ? 100.0 : numbers.happens(0.1) ? 0.1 : 1
    var data = (0..<bins).map { _ in scale * numbers.uniform(isSignal ? 1...12 : 3...60) }
    // The first background keeps its bins, so that something is always expected.
    if name != "top" {
      for bin in data.indices where numbers.happens(0.05) { data[bin] = 0 }
      if !isSignal, numbers.happens(0.04) { data[0] = -numbers.uniform(0.1...1) }
    }
    var modifiers = normalisations(of: name)
    modifiers += systematics(of: data)
    if numbers.happens(0.3) {
      let errors = data.map { numbers.happens(0.1) ? 0 : abs($0) * numbers.uniform(0.05...0.3) }
      modifiers.append(.init(name: "shape_\(channel)_\(name)", kind: .shapesys(errors)))
    }
    // Free factors of the signal would leave its strength without a meaning.
    if isSignal { return Workspace.Sample(name: name, data: data, modifiers: modifiers) }
    if numbers.happens(0.08) {
      modifiers.append(.init(name: "free_" + channel, kind: .shapefactor))
    }
    if bins == sharedBins, numbers.happens(0.1) {
      modifiers.append(.init(name: "free_all_\(bins)", kind: .shapefactor))
    }
    return Workspace.Sample(name: name, data: data, modifiers: modifiers)
  }

  private mutating func normalisations(of sample: String) -> [Workspace.Modifier] {
    var modifiers: [Workspace.Modifier] = []
    if numbers.happens(0.4) { modifiers.append(.init(name: "lumi", kind: .lumi)) }
    if sample != "signal", numbers.happens(0.2) {
      modifiers.append(.init(name: "k_" + sample, kind: .normfactor))
    }
    return modifiers
  }

  private mutating func systematics(of data: [Double]) -> [Workspace.Modifier] {
    var modifiers: [Workspace.Modifier] = []
    for name in Self.systematics {
      if numbers.happens(0.35) {
        let lo = numbers.uniform(0.7...1.1), hi = numbers.uniform(0.9...1.4)
        modifiers.append(.init(name: name, kind: .normsys(lo: lo, hi: hi)))
      }
      if numbers.happens(0.35) {
        let lo = data.map { $0 * numbers.uniform(0.7...1.05) }
        let hi = data.map { $0 * numbers.uniform(0.95...1.3) }
        modifiers.append(.init(name: name, kind: .histosys(lo: lo, hi: hi)))
      }
    }
    return modifiers
  }

  private mutating func addStatisticalErrors(
    to samples: inout [Workspace.Sample], name: String, toAll: Bool
  ) {
    guard toAll || numbers.happens(0.5) else { return }
    let hasZeros = numbers.happens(0.1)
    for index in samples.indices where toAll || numbers.happens(0.7) {
      let errors = samples[index].data.indices.map { bin in
        hasZeros && bin == 0 ? 0 : abs(samples[index].data[bin]) * numbers.uniform(0.02...0.2)
      }
      samples[index].modifiers.append(.init(name: name, kind: .staterror(errors)))
    }
  }

  // MARK: Data and measurement

  private mutating func observation(of channel: Workspace.Channel) -> Workspace.Observation {
    let counts = channel.samples[0].data.indices.map { bin -> Double in
      let background = channel.samples.dropFirst().reduce(0) { $0 + $1.data[bin] }
      let excess = numbers.happens(0.5) ? channel.samples[0].data[bin] : 0
      // None observed where many are expected would let a likelihood end nowhere.
      if background < 4, numbers.happens(0.3) { return 0 }
      return numbers.poisson(max(0.1, background * numbers.uniform(0.8...1.2) + excess))
    }
    return .init(name: channel.name, data: counts)
  }

  private mutating func measurement() -> Workspace.Measurement {
    var parameters = [
      Workspace.ParameterConfiguration(
        name: "lumi", inits: [1], bounds: [0.5...1.5], auxiliaryData: [1],
        sigmas: [numbers.uniform(0.01...0.05)])
    ]
    let lower = numbers.one(of: [0, 0, 0, -1, -5.0])
    if lower < 0 || numbers.happens(0.3) {
      parameters.append(
        .init(name: "mu", inits: [numbers.uniform(0.1...2)], bounds: [lower...10]))
    }
    let kinds = kindsByName()
    for name in kinds.keys.sorted() where name != "mu" && name != "lumi" {
      if let configuration = configuration(name, kinds[name] ?? []) {
        parameters.append(configuration)
      }
    }
    return .init(name: "drawn", poi: "mu", parameters: parameters)
  }

  private func kindsByName() -> [String: [Workspace.Modifier.Kind]] {
    let modifiers = workspace.channels.flatMap(\.samples).flatMap(\.modifiers)
    return Dictionary(grouping: modifiers, by: \.name).mapValues { $0.map(\.kind) }
  }

  /// What the measurement says of a parameter, now and then; with code2 always bounds in which
  /// pyhf's interpolation has no jump.
  private mutating func configuration(
    _ name: String, _ kinds: [Workspace.Modifier.Kind]
  ) -> Workspace.ParameterConfiguration? {
    var configuration = Workspace.ParameterConfiguration(name: name)
    let isSystematic = Self.systematics.contains(name)
    let isHistosys = kinds.contains { if case .histosys = $0 { true } else { false } }
    if options.histosys == .code2, isHistosys { configuration.bounds = [-0.999...0.999] }
    if numbers.happens(0.1) {
      if isSystematic {
        configuration.auxiliaryData = [numbers.uniform(-0.5...0.5)]
        configuration.inits = [numbers.uniform(-0.3...0.3)]
      } else if name.hasPrefix("k_") {
        configuration.inits = [numbers.uniform(0.5...2)]
        configuration.bounds = [0.1...numbers.uniform(2...10)]
      }
    }
    if numbers.happens(0.04) { configuration.isFixed = true }
    let isEmpty =
      configuration.bounds == nil && configuration.inits == nil && configuration.isFixed == nil
    return isEmpty ? nil : configuration
  }
}

// MARK: - Points

extension WorkspaceDraw {
  /// Lower limits of yields make a likelihood that no minimiser of slopes can be trusted with.
  var hasLowerLimits: Bool { options.minimumSampleYield != nil || options.minimumBinYield != nil }

  /// q̃ wants a lower bound of 0 (pyhf warns, and its formula then excludes everything).
  var testStatistic: TestStatistic {
    let bounds = workspace.measurements[0].parameters.first { $0.name == "mu" }?.bounds
    return (bounds?[0].lowerBound ?? 0) < 0 || seed % 3 == 0 ? .q : .qTilde
  }

  /// A point near the starting values; with `wide`, systematics also leave ±1.
  mutating func point(of model: Model, wide: Bool) -> [Double] {
    var point = model.inits
    for parameter in model.parameters {
      for index in parameter.range {
        if case .none = parameter.constraint {
          point[index] = model.inits[index] * numbers.uniform(0.6...1.4) + 0.05
        } else if Self.systematics.contains(parameter.name) {
          let reach = wide && options.histosys != .code2 ? 2.5 : 0.95
          point[index] = numbers.uniform(0.05...reach) * (numbers.happens(0.5) ? 1 : -1)
        } else {
          point[index] = numbers.uniform(0.7...1.3)
        }
      }
    }
    return point
  }
}
