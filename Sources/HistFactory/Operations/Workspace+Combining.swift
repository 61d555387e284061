// SPDX-License-Identifier: Apache-2.0

extension Workspace {
  /// What becomes of parts that both workspaces have under one name; pyhf's joins.
  public enum Join: String, Sendable, Hashable, CaseIterable {
    /// Nothing may have the same name.
    case none
    /// What has the same name must be equal; measurements of one name and one parameter of interest
    /// are merged, if they agree on the parameters both configure.
    case outer
    /// The left workspace's part is taken.
    case leftOuter = "left outer"
    /// The right workspace's part is taken, and its parts come first.
    case rightOuter = "right outer"
  }

  /// Both workspaces as one, as pyhf's `Workspace.combine` has it. Modifiers of one name become one
  /// parameter.
  ///
  /// - Parameters:
  ///   - right: the other workspace.
  ///   - join: what becomes of parts with the same name.
  ///   - mergesChannels: channels of one name get the samples of both, instead of falling under the
  ///     join; a sample that both have is the one of the workspace that comes first. Not with
  ///     `none`.
  /// - Throws: parts that clash; a result that is no workspace.
  public func combined(
    with right: Workspace, join: Join = .none, mergesChannels: Bool = false
  ) throws(InvalidWorkspace) -> Workspace {
    var clashes = Clashes()
    if version != right.version {
      clashes.add(
        "the workspaces have the versions '\(version)' and '\(right.version)'; only equal ones can "
          + "be combined")
    }
    if mergesChannels, join == .none {
      clashes.add("channels are merged by an outer join only, not by '\(join.rawValue)'")
    }
    let joined = Joined(join: join)
    let channels = joined.items(
      channels, right.channels,
      merge: mergesChannels
        ? { first, second in
          first.samples = Joined(join: .leftOuter).items(first.samples, second.samples)
        } : nil)
    let observations = joined.items(observations, right.observations)
    let measurements = try joined.measurements(measurements, right.measurements, &clashes)
    clashes.check(channels, of: join) { "both workspaces have a channel '\($0)'" }
    clashes.check(observations, of: join) { "both workspaces have an observation of '\($0)'" }
    if join == .none {
      clashes.check(measurements, of: join) { "both workspaces have a measurement '\($0)'" }
    }
    try clashes.finish()
    let all = Workspace(
      channels: channels, observations: observations, measurements: measurements,
      version: version)
    return try all.checked("the combined workspace")
  }
}

/// What is joined by name.
private protocol Named: Equatable {
  var name: String { get }
}

extension Workspace.Channel: Named {}
extension Workspace.Sample: Named {}
extension Workspace.Observation: Named {}
extension Workspace.Measurement: Named {}
extension Workspace.ParameterConfiguration: Named {}

/// The rules of one join.
private struct Joined {
  let join: Workspace.Join

  /// The items of one workspace, and those of the other that the join adds.
  func items<Item: Named>(
    _ left: [Item], _ right: [Item], merge: ((inout Item, Item) -> Void)? = nil
  ) -> [Item] {
    let (first, second) = join == .rightOuter ? (right, left) : (left, right)
    var items = first
    let positions = Dictionary(
      first.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { earlier, _ in earlier })
    for item in second {
      if let merge, let position = positions[item.name] {
        merge(&items[position], item)
        continue
      }
      let isAdded =
        switch join {
        case .none: true
        case .outer: positions[item.name].map { first[$0] != item } ?? true
        case .leftOuter, .rightOuter: positions[item.name] == nil
        }
      if isAdded { items.append(item) }
    }
    return items
  }

  /// Measurements of an outer join are merged where both workspaces have them.
  func measurements(
    _ left: [Workspace.Measurement], _ right: [Workspace.Measurement], _ clashes: inout Clashes
  ) throws(InvalidWorkspace) -> [Workspace.Measurement] {
    guard join == .outer else { return items(left, right) }
    var merged = left
    for other in right {
      guard let position = merged.firstIndex(where: { $0.name == other.name }) else {
        merged.append(other)
        continue
      }
      if merged[position].poi != other.poi {
        clashes.add(
          "measurement '\(other.name)' has the parameters of interest '\(merged[position].poi)' "
            + "and '\(other.poi)'; rename one of the measurements")
      }
      merged[position].parameters = items(merged[position].parameters, other.parameters)
      clashes.check(merged[position].parameters, of: join) {
        "the configurations of '\($0)' in measurement '\(other.name)' differ"
      }
    }
    return merged
  }
}

/// Parts with one name that a join can't bring together.
private struct Clashes {
  private var problems: [InvalidWorkspace.Problem] = []

  mutating func add(_ message: String) {
    problems.append(.init(source: "the combined workspace", path: "", message: message))
  }

  /// Tells the names that occur more than once.
  mutating func check<Item: Named>(
    _ items: [Item], of join: Workspace.Join, _ sentence: (String) -> String
  ) {
    var seen: Set<String> = [], told: Set<String> = []
    for item in items where !seen.insert(item.name).inserted && told.insert(item.name).inserted {
      let other = join == .none ? "an outer join" : "a left or right outer join"
      add("\(sentence(item.name)); rename one, or choose \(other)")
    }
  }

  func finish() throws(InvalidWorkspace) {
    guard !problems.isEmpty else { return }
    throw InvalidWorkspace(source: "the combined workspace", problems: problems)
  }
}
