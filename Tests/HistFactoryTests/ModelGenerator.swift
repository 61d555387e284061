// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// Random workspaces with all seven modifiers in all combinations, small enough to check whole.
struct ModelGenerator {
  var numbers: SeededNumbers

  init(seed: UInt64) { numbers = SeededNumbers(seed) }

  private mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    Double.random(in: range, using: &numbers)
  }

  private mutating func happens(_ probability: Double) -> Bool { uniform(0...1) < probability }

  mutating func workspace() -> Workspace {
    let sharedBins = Int.random(in: 1...3, using: &numbers)
    var channels: [Workspace.Channel] = []
    for name in ["CR", "SR", "VR"].prefix(Int.random(in: 1...3, using: &numbers)) {
      // Equal sizes let a shapefactor span channels; longer ones exercise whole vectors.
      let bins = happens(0.2) ? Int.random(in: 4...19, using: &numbers) : sharedBins
      // At least one beside the signal: with mu = 0 nothing else would be expected.
      let samples = ["signal", "top", "fakes", "wz"]
        .prefix(Int.random(in: 2...4, using: &numbers))
      var made: [Workspace.Sample] = []
      for sample in samples {
        made.append(
          self.sample(sample, channel: name, bins: bins, shares: bins == sharedBins))
      }
      made[0].modifiers.append(.init(name: "mu", kind: .normfactor))
      channels.append(.init(name: name, samples: made))
    }
    var observations: [Workspace.Observation] = []
    for channel in channels {
      let counts = channel.samples[0].data.map { _ in uniform(0...120).rounded() }
      observations.append(.init(name: channel.name, data: counts))
    }
    let lumi = Workspace.ParameterConfiguration(
      name: "lumi", inits: [1], bounds: [0.5...1.5], auxiliaryData: [1], sigmas: [0.017])
    return Workspace(
      channels: channels, observations: observations,
      measurements: [.init(name: "random", poi: "mu", parameters: [lumi])])
  }

  private mutating func sample(
    _ name: String, channel: String, bins: Int, shares: Bool
  ) -> Workspace.Sample {
    let data = (0..<bins).map { _ in uniform(2...60) }
    var modifiers: [Workspace.Modifier] = []
    if happens(0.4) { modifiers.append(.init(name: "lumi", kind: .lumi)) }
    if happens(0.3) { modifiers.append(.init(name: "k_" + name, kind: .normfactor)) }
    for alpha in ["jes", "jer", "btag"] {
      if happens(0.5) {
        let lo = uniform(0.7...1.1), hi = uniform(0.9...1.4)
        modifiers.append(.init(name: alpha, kind: .normsys(lo: lo, hi: hi)))
      }
      if happens(0.5) {
        let lo = data.map { $0 * uniform(0.7...1.05) }, hi = data.map { $0 * uniform(0.95...1.3) }
        modifiers.append(.init(name: alpha, kind: .histosys(lo: lo, hi: hi)))
      }
    }
    if happens(0.4) {
      let errors = data.map { happens(0.1) ? 0 : $0 * uniform(0.05...0.3) }
      modifiers.append(.init(name: "shape_\(channel)_\(name)", kind: .shapesys(errors)))
    }
    if happens(0.5) {
      let errors = data.map { $0 * uniform(0.02...0.2) }
      modifiers.append(.init(name: "stat_" + channel, kind: .staterror(errors)))
    }
    if happens(0.2) { modifiers.append(.init(name: "free_" + channel, kind: .shapefactor)) }
    if shares, happens(0.3) { modifiers.append(.init(name: "free_all", kind: .shapefactor)) }
    return Workspace.Sample(name: name, data: data, modifiers: modifiers)
  }

  /// A point near the starting values; with `wide`, interpolations are also left.
  mutating func point(of model: Model, wide: Bool) -> [Double] {
    model.inits.map { start in
      if start == 0 { return wide ? uniform(-2.5...2.5) : uniform(-0.9...0.9) }
      return start * uniform(0.6...1.4)
    }
  }
}
