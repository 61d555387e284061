// SPDX-License-Identifier: Apache-2.0
import Differentiation
import HistFactory
import Inference

/// Small workspaces made in code.
enum SmallModels {
  static func measurement(poi: String = "mu", upperBound: Double = 10) -> Workspace.Measurement {
    Workspace.Measurement(
      name: "m", poi: poi,
      parameters: [
        Workspace.ParameterConfiguration(
          name: poi, inits: [1], bounds: [0...upperBound], auxiliaryData: nil, sigmas: nil,
          isFixed: nil)
      ])
  }

  /// Signal and background in one bin, nothing uncertain.
  static func counting(
    signal: Double, background: Double, observed: Double, upperBound: Double = 10
  ) -> Workspace {
    Workspace(
      channels: [
        Workspace.Channel(
          name: "SR",
          samples: [
            Workspace.Sample(
              name: "signal", data: [signal],
              modifiers: [Workspace.Modifier(name: "mu", kind: .normfactor)]),
            Workspace.Sample(name: "background", data: [background], modifiers: []),
          ])
      ],
      observations: [Workspace.Observation(name: "SR", data: [observed])],
      measurements: [measurement(upperBound: upperBound)])
  }

  /// Two channels, two backgrounds, systematics of every kind with smooth responses, drawn at random.
  static func random(seed: UInt64) -> Workspace {
    var random = CounterRandom(seed: seed, stream: 77)
    func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * random.uniform() }
    func yields(_ bins: Int, _ low: Double, _ high: Double) -> [Double] {
      (0..<bins).map { _ in uniform(low, high) }
    }
    func tilted(_ data: [Double]) -> Workspace.Modifier.Kind {
      let tilt = uniform(0.02, 0.1)
      return .histosys(
        lo: data.enumerated().map { $1 * (1 - tilt * (1 - 0.5 * Double($0))) },
        hi: data.enumerated().map { $1 * (1 + 1.1 * tilt * (1 - 0.5 * Double($0))) })
    }
    var channels: [Workspace.Channel] = []
    var observations: [Workspace.Observation] = []
    for (name, bins) in [("CR", 1), ("SR", 3)] {
      let main = yields(bins, 30, 80)
      let other = yields(bins, 5, 20)
      let signal = yields(bins, name == "SR" ? 4 : 0.1, name == "SR" ? 15 : 0.5)
      channels.append(
        Workspace.Channel(
          name: name,
          samples: [
            Workspace.Sample(
              name: "signal", data: signal,
              modifiers: [
                Workspace.Modifier(name: "mu", kind: .normfactor),
                Workspace.Modifier(name: "scale", kind: tilted(signal)),
              ]),
            Workspace.Sample(
              name: "main", data: main,
              modifiers: [
                Workspace.Modifier(name: "scale", kind: tilted(main)),
                Workspace.Modifier(
                  name: "theory", kind: .normsys(lo: uniform(0.85, 0.95), hi: uniform(1.05, 1.15))),
                Workspace.Modifier(
                  name: "staterror_\(name)", kind: .staterror(main.map { 0.05 * $0 })),
                Workspace.Modifier(name: "mainNorm", kind: .normfactor),
              ]),
            Workspace.Sample(
              name: "other", data: other,
              modifiers: [
                Workspace.Modifier(
                  name: "shape_\(name)", kind: .shapesys(other.map { 0.2 * $0 }))
              ]),
          ]))
      observations.append(
        Workspace.Observation(
          name: name, data: zip(main, other).map { ($0 + $1 + uniform(-6, 9)).rounded() }))
    }
    return Workspace(
      channels: channels, observations: observations, measurements: [measurement()])
  }
}
