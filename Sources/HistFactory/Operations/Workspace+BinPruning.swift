// SPDX-License-Identifier: Apache-2.0

extension Workspace {
  /// The workspace without some bins of some channels.
  ///
  /// Observations, templates and uncertainties lose these bins, and bin-wise parameters (shapesys,
  /// shapefactor, staterror) their slots, also in what measurements say of them.
  /// - Parameter bins: positions from 0 by channel.
  /// - Throws: a channel or a bin the workspace doesn't have; a channel left without bins; a
  ///   shapefactor shared by channels that would no longer have the same number of bins.
  public func pruned(bins: [String: [Int]]) throws(InvalidWorkspace) -> Workspace {
    try WorkspaceNames(self).check(WorkspaceSelection(channels: Array(bins.keys)), to: "prune")
    try checkBins(bins)
    let slots = prunedSlots(bins)
    var pruned = self
    for channel in pruned.channels.indices {
      guard let removed = bins[pruned.channels[channel].name].map(Set.init) else { continue }
      for sample in pruned.channels[channel].samples.indices {
        pruned.channels[channel].samples[sample].remove(removed)
      }
    }
    for observation in pruned.observations.indices {
      guard let removed = bins[pruned.observations[observation].name].map(Set.init) else {
        continue
      }
      pruned.observations[observation].data.remove(removed)
    }
    for measurement in pruned.measurements.indices {
      for index in pruned.measurements[measurement].parameters.indices {
        let name = pruned.measurements[measurement].parameters[index].name
        guard let removed = slots[name] else { continue }
        pruned.measurements[measurement].parameters[index].remove(removed)
      }
    }
    return try pruned.checked("the pruned workspace")
  }

  private func checkBins(_ bins: [String: [Int]]) throws(InvalidWorkspace) {
    var problems: [InvalidWorkspace.Problem] = []
    for channel in channels {
      guard let removed = bins[channel.name] else { continue }
      let count = channel.samples.first?.data.count ?? 0
      for bin in removed where !(0..<count).contains(bin) {
        problems.append(
          .init(
            source: "workspace", path: "",
            message: "channel '\(channel.name)' has no bin \(bin) to prune; "
              + "it has \(count), counted from 0"))
      }
      if problems.isEmpty, Set(removed).count == count {
        problems.append(
          .init(
            source: "workspace", path: "",
            message: "all bins of channel '\(channel.name)' would be pruned; prune the channel"))
      }
    }
    if !problems.isEmpty { throw InvalidWorkspace(source: "workspace", problems: problems) }
  }

  /// The slots that bin-wise parameters lose, by parameter. A staterror has the bins of its channels
  /// one behind the other, channels by name.
  private func prunedSlots(_ bins: [String: [Int]]) -> [String: Set<Int>] {
    var slots: [String: Set<Int>] = [:]
    var offsets: [String: Int] = [:]
    for channel in sortedChannels {
      let removed = bins[channel.name] ?? []
      let modifiers = channel.samples.flatMap(\.modifiers)
      for modifier in modifiers where [.shapesys, .shapefactor].contains(modifier.kindName) {
        slots[modifier.name, default: []].formUnion(removed)
      }
      for name in Set(modifiers.filter { $0.kindName == .staterror }.map(\.name)) {
        let offset = offsets[name, default: 0]
        slots[name, default: []].formUnion(removed.map { offset + $0 })
        offsets[name] = offset + (channel.samples.first?.data.count ?? 0)
      }
    }
    return slots
  }
}

extension Workspace.Sample {
  fileprivate mutating func remove(_ bins: Set<Int>) {
    data.remove(bins)
    for index in modifiers.indices {
      switch modifiers[index].kind {
      case .normfactor, .shapefactor, .lumi, .normsys: break
      case .histosys(var lo, var hi):
        lo.remove(bins)
        hi.remove(bins)
        modifiers[index].kind = .histosys(lo: lo, hi: hi)
      case .shapesys(var values):
        values.remove(bins)
        modifiers[index].kind = .shapesys(values)
      case .staterror(var values):
        values.remove(bins)
        modifiers[index].kind = .staterror(values)
      }
    }
  }
}

extension Workspace.ParameterConfiguration {
  fileprivate mutating func remove(_ slots: Set<Int>) {
    inits?.remove(slots)
    bounds?.remove(slots)
    auxiliaryData?.remove(slots)
    sigmas?.remove(slots)
  }
}

extension Array {
  /// Removes the elements at some positions.
  fileprivate mutating func remove(_ positions: Set<Int>) {
    self = enumerated().filter { !positions.contains($0.offset) }.map(\.element)
  }
}
