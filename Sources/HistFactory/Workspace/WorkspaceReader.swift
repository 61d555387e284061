// SPDX-License-Identifier: Apache-2.0

/// Makes a workspace of a JSON document, or tells everything that is wrong with it.
struct WorkspaceReader {
  let collector: ProblemCollector
  var parameters = ParameterUses()
  /// Number of bins by channel.
  var bins: [String: Int] = [:]

  static func workspace(from document: WorkspaceDocument) throws(InvalidWorkspace) -> Workspace {
    var reader = WorkspaceReader(collector: ProblemCollector(document))
    let workspace = reader.read(document.root)
    try reader.collector.finish()
    guard let workspace else {
      // Every nil above is told first; this only keeps the promise of an error without a crash.
      throw InvalidWorkspace(
        source: document.texts[0].source,
        problems: [document.problem("this is not a workspace", path: "", at: document.root.place)])
    }
    return workspace
  }

  private mutating func read(_ root: JSONNode) -> Workspace? {
    let keys = ["channels", "measurements", "observations", "version"]
    guard let root = collector.object(root, "a workspace", required: keys) else { return nil }
    let channels = channels(of: root)
    parameters.checkStatisticalErrors(collector)
    let observations = observations(of: root)
    let measurements = measurements(of: root)
    let version = collector.text("version", of: root)
    if let version, version != "1.0.0", let node = root["version"] {
      collector.within(.key("version")) {
        collector.report(
          "the version is '\(version)', but only '1.0.0' of the schema is known", at: node.place)
      }
    }
    return Workspace(
      channels: channels, observations: observations, measurements: measurements,
      version: version ?? "1.0.0")
  }

  // MARK: Channels and samples

  private mutating func channels(of root: JSONNode) -> [Workspace.Channel] {
    var channels: [Workspace.Channel] = []
    for (index, node) in collector.list("channels", of: root).enumerated() {
      collector.within(.key("channels"), .index(index)) {
        if let channel = channel(node) { channels.append(channel) }
      }
    }
    return channels
  }

  private mutating func channel(_ node: JSONNode) -> Workspace.Channel? {
    guard let node = collector.object(node, "a channel", required: ["name", "samples"]) else {
      return nil
    }
    let name = collector.text("name", of: node) ?? ""
    if bins[name] != nil {
      collector.report("there are two channels called '\(name)'; rename one", at: node.place)
    }
    var samples: [Workspace.Sample] = []
    var names: Set<String> = []
    for (index, element) in collector.list("samples", of: node).enumerated() {
      collector.within(.key("samples"), .index(index)) {
        guard let sample = sample(element, channel: name) else { return }
        if !names.insert(sample.name).inserted {
          collector.report(
            "channel '\(name)' has two samples called '\(sample.name)'; rename one",
            at: element.place)
        }
        samples.append(sample)
      }
    }
    if bins[name] == nil { bins[name] = samples.first?.data.count ?? 0 }
    return Workspace.Channel(name: name, samples: samples)
  }

  private mutating func sample(_ node: JSONNode, channel: String) -> Workspace.Sample? {
    let keys = ["name", "data", "modifiers"]
    guard let node = collector.object(node, "a sample", required: keys) else { return nil }
    let name = collector.text("name", of: node) ?? ""
    guard let data = collector.numbers("data", of: node) else { return nil }
    if let expected = bins[channel] {
      if data.count != expected, let place = node["data"]?.place {
        collector.within(.key("data")) {
          collector.report(
            "bins that do not match: sample '\(name)' has \(data.count), but channel '\(channel)' "
              + "has \(expected) by its first sample", at: place)
        }
      }
    } else {
      bins[channel] = data.count
    }
    var modifiers: [Workspace.Modifier] = []
    let nodes = collector.list("modifiers", of: node, mayBeEmpty: true)
    modifiers.reserveCapacity(nodes.count)
    let host = ParameterUses.Host(channel: channel, sample: name, bins: data.count)
    for (index, element) in nodes.enumerated() {
      collector.within(.key("modifiers"), .index(index)) {
        if let modifier = modifier(element, on: host) { modifiers.append(modifier) }
      }
    }
    checkRepeated(modifiers, nodes: nodes, sample: name)
    return Workspace.Sample(name: name, data: data, modifiers: modifiers)
  }

  /// One type and name twice on a sample: pyhf 0.7.6 keeps the last without a word.
  private func checkRepeated(_ modifiers: [Workspace.Modifier], nodes: [JSONNode], sample: String) {
    var seen: Set<String> = []
    for modifier in modifiers where !seen.insert(modifier.kind.name + "/" + modifier.name).inserted
    {
      let twins = nodes.indices.filter { nodes[$0]["name"]?.string == modifier.name }
      guard let last = twins.last else { continue }
      collector.within(.key("modifiers"), .index(last)) {
        collector.report(
          "sample '\(sample)' has two modifiers '\(modifier.name)' of type "
            + "'\(modifier.kind.name)'; remove one", at: nodes[last].place)
      }
    }
  }

  // MARK: Observations

  private mutating func observations(of root: JSONNode) -> [Workspace.Observation] {
    var observations: [Workspace.Observation] = []
    var names: Set<String> = []
    for (index, node) in collector.list("observations", of: root).enumerated() {
      collector.within(.key("observations"), .index(index)) {
        guard let node = collector.object(node, "an observation", required: ["name", "data"]),
          let name = collector.text("name", of: node)
        else { return }
        let isNew = names.insert(name).inserted
        if !isNew {
          collector.report("there are two observations of channel '\(name)'", at: node.place)
        }
        guard let data = collector.numbers("data", of: node), let place = node["data"]?.place else {
          return
        }
        collector.within(.key("data")) { check(data, of: name, at: place) }
        observations.append(Workspace.Observation(name: name, data: data))
      }
    }
    if let node = root["observations"] {
      for channel in bins.keys.sorted() where !names.contains(channel) {
        collector.within(.key("observations")) {
          collector.report(
            "there is no observation of channel '\(channel)'; add one with its data",
            at: node.place)
        }
      }
    }
    return observations
  }

  private func check(_ data: [Double], of channel: String, at place: JSONPlace) {
    // Observations of channels that were pruned away are common and harmless.
    if let expected = bins[channel], expected != data.count, expected > 0 {
      collector.report(
        "bins that do not match: the observation of channel '\(channel)' has \(data.count), "
          + "but its samples have \(expected)", at: place)
    }
    for (index, value) in data.enumerated() where value < 0 {
      collector.report(
        "observed events can't be negative, but this is \(value)", at: place, element: index)
    }
  }
}
