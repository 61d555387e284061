// SPDX-License-Identifier: Apache-2.0

/// The parameters that modifiers name, and whether those that share one agree on what it is.
///
/// The rules are those by which pyhf 0.7.6 refuses a model, found by asking it, and one more: a
/// shapefactor shared by channels of different size, which pyhf evaluates to nonsense.
struct ParameterUses {
  /// What modifiers that share a parameter must have in common.
  enum Family: Hashable {
    case free
    case normal
    case luminosity
    case freeBins(Int)
    case poissonBins(Int)
    case statisticalBins
  }

  /// The sample a modifier stands on.
  struct Host: Hashable {
    let channel: String, sample: String, bins: Int
  }

  private struct Use {
    let family: Family
    let kind: String
    let host: Host
    let place: JSONPlace
    let path: String
  }

  private var first: [String: Use] = [:]
  /// Staterrors: channels and sizes by parameter and sample.
  private var statistical: [String: [String: [String: Int]]] = [:]

  /// Notes a use; a sentence if it contradicts an earlier one.
  mutating func add(
    _ name: String, _ kind: Workspace.Modifier.Kind, on host: Host, at place: JSONPlace,
    _ collector: ProblemCollector
  ) -> String? {
    if case .staterror = kind {
      statistical[name, default: [:]][host.sample, default: [:]][host.channel] = host.bins
    }
    let family = Family(kind, bins: host.bins)
    guard let earlier = first[name] else {
      first[name] = Use(
        family: family, kind: kind.name, host: host, place: place, path: collector.currentPath)
      return nil
    }
    let place = "on sample '\(earlier.host.sample)' of channel '\(earlier.host.channel)'"
    if case .shapesys = kind, earlier.kind == "shapesys" {
      return
        "shapesys '\(name)' is already used \(place), and a shapesys can't be shared; rename one"
    }
    guard family != earlier.family else { return nil }
    if kind.name == earlier.kind {
      return "\(kind.name) '\(name)' has \(host.bins) bins here but \(earlier.host.bins) \(place); "
        + "use another name"
    }
    return "'\(name)' is a \(kind.name) here but a \(earlier.kind) \(place), and these can't share "
      + "a parameter; use another name"
  }

  /// A staterror covers the same channels on every sample that has it.
  func checkStatisticalErrors(_ collector: ProblemCollector) {
    for (name, samples) in statistical.sorted(by: { $0.key < $1.key }) {
      let sets = samples.sorted { $0.key < $1.key }
      guard let use = first[name], let reference = sets.first,
        let other = sets.first(where: { $0.value.keys != reference.value.keys })
      else { continue }
      collector.report(
        "staterror '\(name)' is on sample '\(reference.key)' in \(Self.list(reference.value)) but "
          + "on sample '\(other.key)' in \(Self.list(other.value)); use a name for each channel",
        at: use.place, path: use.path)
    }
  }

  private static func list(_ channels: [String: Int]) -> String {
    channels.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
  }

  /// How many values a measurement may give for a parameter, and which of its fields the parameter
  /// does not have; nil for a name no modifier uses.
  func configuration(of name: String) -> (slots: Int, unusedKeys: [String], kind: String)? {
    guard let use = first[name] else { return nil }
    switch use.family {
    case .free: return (1, ["auxdata", "sigmas"], use.kind)
    case .normal: return (1, ["sigmas"], use.kind)
    case .luminosity: return (1, [], use.kind)
    case .freeBins(let bins): return (bins, ["auxdata", "sigmas"], use.kind)
    case .poissonBins(let bins): return (bins, ["sigmas"], use.kind)
    case .statisticalBins:
      let channels = statistical[name]?.values.first?.values.reduce(0, +) ?? 0
      return (channels, [], use.kind)
    }
  }
}

extension ParameterUses.Family {
  init(_ kind: Workspace.Modifier.Kind, bins: Int) {
    switch kind {
    case .normfactor: self = .free
    case .normsys, .histosys: self = .normal
    case .lumi: self = .luminosity
    case .shapefactor: self = .freeBins(bins)
    case .shapesys: self = .poissonBins(bins)
    case .staterror: self = .statisticalBins
    }
  }
}
