// SPDX-License-Identifier: Apache-2.0

/// Goes through a workspace's modifiers and notes what each parameter has to be.
struct RequirementCollector {
  /// In pyhf's order of parameters.
  private(set) var requirements: [(name: String, requirement: ParameterRequirement)] = []
  /// Where the slots of each channel begin within a staterror: name → channel → offset.
  private(set) var staterrorOffsets: [String: [String: Int]] = [:]
  /// Parameters that some histosys uses.
  private(set) var histosysNames: Set<String> = []
  private var index: [String: Int] = [:]

  /// One modifier with where it stands.
  private struct Place {
    let channel: Workspace.Channel
    let sample: Workspace.Sample
    let modifier: Workspace.Modifier
  }

  mutating func collect(_ workspace: Workspace) throws(InvalidModel) {
    let kinds = Workspace.Modifier.KindName.allCases
    var firstUses: [[Place]] = Array(repeating: [], count: kinds.count)
    var bins: [[String: Int]] = Array(repeating: [:], count: kinds.count)
    var staterrors: [Place] = []
    for channel in workspace.sortedChannels {
      for sample in channel.sortedSamples {
        var new: [Place] = []
        for modifier in sample.modifiers {
          let kind = modifier.kindName
          let earlier = kind == .staterror ? nil : bins[kind.rawValue][modifier.name]
          if earlier != nil, kind != .shapefactor, kind != .shapesys { continue }
          let place = Place(channel: channel, sample: sample, modifier: modifier)
          if kind == .staterror {
            staterrors.append(place)
          } else if let earlier {
            try checkReuse(place, kind, binsBefore: earlier)
          } else {
            bins[kind.rawValue][modifier.name] = sample.data.count
            new.append(place)
          }
        }
        for place in new.sorted(by: { precedes($0.modifier.name, $1.modifier.name) }) {
          firstUses[place.modifier.kindName.rawValue].append(place)
        }
      }
    }
    for kind in kinds {
      for place in firstUses[kind.rawValue] {
        try add(place.modifier.name, requirement(place), kind: kind)
      }
    }
    histosysNames = Set(bins[Workspace.Modifier.KindName.histosys.rawValue].keys)
    try collectStaterrors(staterrors)
  }

  private func checkReuse(
    _ place: Place, _ kind: Workspace.Modifier.KindName, binsBefore: Int
  ) throws(InvalidModel) {
    let name = place.modifier.name
    if kind == .shapefactor, place.sample.data.count > binsBefore {
      throw InvalidModel(
        "shapefactor '\(name)' has \(binsBefore) slot(s) from the first channel that uses it, "
          + "but channel '\(place.channel.name)' has \(place.sample.data.count) bins")
    }
    if kind == .shapesys {
      throw InvalidModel(
        "shapesys '\(name)' in sample '\(place.sample.name)' of channel "
          + "'\(place.channel.name)' is used elsewhere too: a shapesys cannot be shared, "
          + "give each its own name")
    }
  }

  private func requirement(_ place: Place) -> ParameterRequirement {
    switch place.modifier.kind {
    case .normfactor: .normfactor
    case .lumi: .lumi
    case .normsys, .histosys, .staterror: .interpolation
    case .shapefactor: .shapefactor(bins: place.sample.data.count)
    case .shapesys(let uncertainties):
      .shapesys(yields: place.sample.data, uncertainties: uncertainties)
    }
  }

  /// A staterror's width is the root of the summed squares of its samples' uncertainties, relative
  /// to the sum of their nominal yields; 0 where that is not positive.
  private mutating func collectStaterrors(_ places: [Place]) throws(InvalidModel) {
    struct Channel { var yields: [Double], squares: [Double] }
    var channels: [String: [(name: String, sums: Channel)]] = [:]
    var samples: [String: [String: Set<String>]] = [:]
    for place in places {
      guard case .staterror(let uncertainties) = place.modifier.kind else { continue }
      let name = place.modifier.name, channel = place.channel.name
      samples[name, default: [:]][place.sample.name, default: []].insert(channel)
      if channels[name]?.last?.name != channel {
        let zeros = Array(repeating: 0.0, count: place.sample.data.count)
        channels[name, default: []].append((channel, Channel(yields: zeros, squares: zeros)))
      }
      let last = channels[name, default: []].count - 1
      for bin in place.sample.data.indices {
        channels[name]?[last].sums.yields[bin] += place.sample.data[bin]
        channels[name]?[last].sums.squares[bin] += uncertainties[bin] * uncertainties[bin]
      }
    }
    for name in channels.keys.sorted(by: precedes) {
      let parts = channels[name] ?? []
      for (sample, touched) in samples[name] ?? [:] where touched.count != parts.count {
        throw InvalidModel(
          "staterror '\(name)' acts on sample '\(sample)' in only some of its channels "
            + "(\(parts.map(\.name).joined(separator: ", "))): give each channel its own staterror")
      }
      var offset = 0
      for part in parts {
        staterrorOffsets[name, default: [:]][part.name] = offset
        offset += part.sums.yields.count
      }
      let widths = parts.flatMap { part in
        zip(part.sums.yields, part.sums.squares).map { $0 > 0 ? $1.squareRoot() / $0 : 0 }
      }
      try add(name, .staterror(relativeUncertainties: widths), kind: .staterror)
    }
  }

  private mutating func add(
    _ name: String, _ requirement: ParameterRequirement, kind: Workspace.Modifier.KindName
  ) throws(InvalidModel) {
    guard let position = index[name] else {
      index[name] = requirements.count
      requirements.append((name, requirement))
      return
    }
    if requirements[position].requirement != requirement {
      throw InvalidModel(
        "modifiers named '\(name)' need different parameters (one of them is a \(kind)): "
          + "rename one of them")
    }
  }
}
