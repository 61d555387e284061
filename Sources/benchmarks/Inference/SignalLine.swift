// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// Signals on the straight line between those of two workspaces that differ in nothing else.
struct SignalLine {
  /// One sample that the parameter of interest scales.
  private struct Place {
    let channel: Int, sample: Int
    let end: Workspace.Sample
  }

  private let start: Workspace
  private let places: [Place]

  init(from start: Workspace, to end: Workspace) {
    self.start = start
    let poi = start.measurements.first?.poi ?? ""
    let isSignal = { (sample: Workspace.Sample) in
      sample.modifiers.contains { $0.name == poi }
    }
    var places: [Place] = []
    for (index, channel) in start.channels.enumerated() {
      let other = end.channels.first { $0.name == channel.name }
      guard let sample = channel.samples.firstIndex(where: isSignal),
        let target = other?.samples.first(where: isSignal)
      else { continue }
      places.append(Place(channel: index, sample: sample, end: target))
    }
    self.places = places
  }

  /// The start at 0, the end at 1.
  func workspace(at t: Double) -> Workspace {
    var workspace = start
    for place in places {
      let sample = start.channels[place.channel].samples[place.sample]
      workspace.channels[place.channel].samples[place.sample] = between(sample, place.end, t)
    }
    return workspace
  }

  private func between(
    _ first: Workspace.Sample, _ last: Workspace.Sample, _ t: Double
  ) -> Workspace.Sample {
    let mix = { (a: [Double], b: [Double]) in zip(a, b).map { $0 + t * ($1 - $0) } }
    var sample = first
    sample.data = mix(first.data, last.data)
    for (index, modifier) in first.modifiers.enumerated() {
      guard
        let target = last.modifiers.first(where: {
          $0.name == modifier.name && $0.kind.isOfSameKind(as: modifier.kind)
        })
      else { continue }
      switch (modifier.kind, target.kind) {
      case (.histosys(let lo, let hi), .histosys(let otherLo, let otherHi)):
        sample.modifiers[index].kind = .histosys(lo: mix(lo, otherLo), hi: mix(hi, otherHi))
      case (.normsys(let lo, let hi), .normsys(let otherLo, let otherHi)):
        sample.modifiers[index].kind = .normsys(
          lo: lo + t * (otherLo - lo), hi: hi + t * (otherHi - hi))
      case (.staterror(let values), .staterror(let others)):
        sample.modifiers[index].kind = .staterror(mix(values, others))
      case (.shapesys(let values), .shapesys(let others)):
        sample.modifiers[index].kind = .shapesys(mix(values, others))
      default: break
      }
    }
    return sample
  }
}

extension Workspace.Modifier.Kind {
  fileprivate func isOfSameKind(as other: Self) -> Bool {
    switch (self, other) {
    case (.histosys, .histosys), (.normsys, .normsys), (.staterror, .staterror),
      (.shapesys, .shapesys), (.normfactor, .normfactor), (.lumi, .lumi),
      (.shapefactor, .shapefactor):
      true
    default: false
    }
  }
}
