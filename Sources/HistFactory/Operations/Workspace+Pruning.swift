// SPDX-License-Identifier: Apache-2.0

extension Workspace {
  /// The workspace without some of its parts, as pyhf's `Workspace.prune` has it.
  ///
  /// - Throws: a name the workspace doesn't have; a rest that is no workspace, such as a channel
  ///   without samples.
  public func pruned(_ selection: WorkspaceSelection) throws(InvalidWorkspace) -> Workspace {
    try WorkspaceNames(self).check(selection, to: "prune")
    let modifiers = Set(selection.modifiers), types = Set(selection.modifierTypes)
    var pruned = self
    pruned.channels.removeAll { selection.channels.contains($0.name) }
    pruned.observations.removeAll { selection.channels.contains($0.name) }
    pruned.measurements.removeAll { selection.measurements.contains($0.name) }
    for channel in pruned.channels.indices {
      pruned.channels[channel].samples.removeAll { selection.samples.contains($0.name) }
      for sample in pruned.channels[channel].samples.indices {
        pruned.channels[channel].samples[sample].modifiers.removeAll {
          modifiers.contains($0.name) || types.contains($0.kind.name)
        }
      }
    }
    for measurement in pruned.measurements.indices {
      pruned.measurements[measurement].parameters.removeAll { modifiers.contains($0.name) }
    }
    return try pruned.checked("the pruned workspace")
  }

  /// The workspace without the modifiers of which something is true, for what names alone can't
  /// say: a modifier on one sample of one channel.
  ///
  /// What measurements say of parameters stays.
  /// - Throws: a rest that is no workspace.
  public func removingModifiers(
    where shouldRemove: (Channel, Sample, Modifier) -> Bool
  ) throws(InvalidWorkspace) -> Workspace {
    var pruned = self
    for (channel, content) in channels.enumerated() {
      for (sample, host) in content.samples.enumerated() {
        pruned.channels[channel].samples[sample].modifiers.removeAll {
          shouldRemove(content, host, $0)
        }
      }
    }
    return try pruned.checked("the pruned workspace")
  }

  /// The workspace with other names, as pyhf's `Workspace.rename` has it. All are changed at once,
  /// so names may be exchanged.
  ///
  /// - Throws: a name the workspace doesn't have; new names that clash.
  public func renamed(_ names: WorkspaceRenaming) throws(InvalidWorkspace) -> Workspace {
    try WorkspaceNames(self).check(
      WorkspaceSelection(
        channels: Array(names.channels.keys), samples: Array(names.samples.keys),
        modifiers: Array(names.modifiers.keys), measurements: Array(names.measurements.keys)),
      to: "rename")
    var renamed = self
    for channel in renamed.channels.indices {
      renamed.channels[channel].rename(names)
    }
    for observation in renamed.observations.indices {
      names.channels.replace(&renamed.observations[observation].name)
    }
    for measurement in renamed.measurements.indices {
      names.measurements.replace(&renamed.measurements[measurement].name)
      names.modifiers.replace(&renamed.measurements[measurement].poi)
      for parameter in renamed.measurements[measurement].parameters.indices {
        names.modifiers.replace(&renamed.measurements[measurement].parameters[parameter].name)
      }
    }
    return try renamed.checked("the renamed workspace")
  }

  /// The workspace with everything in order of names (modifiers: of name and type), as pyhf's
  /// `Workspace.sorted` has it.
  public func sorted() -> Workspace {
    var sorted = self
    sorted.channels = sortedChannels
    for channel in sorted.channels.indices {
      sorted.channels[channel].samples = sorted.channels[channel].sortedSamples
      for sample in sorted.channels[channel].samples.indices {
        sorted.channels[channel].samples[sample].modifiers.sort {
          $0.name == $1.name ? precedes($0.kind.name, $1.kind.name) : precedes($0.name, $1.name)
        }
      }
    }
    sorted.observations.sort { precedes($0.name, $1.name) }
    sorted.measurements.sort { precedes($0.name, $1.name) }
    for measurement in sorted.measurements.indices {
      sorted.measurements[measurement].parameters.sort { precedes($0.name, $1.name) }
    }
    return sorted
  }
}

extension Workspace.Channel {
  fileprivate mutating func rename(_ names: WorkspaceRenaming) {
    names.channels.replace(&name)
    for sample in samples.indices {
      names.samples.replace(&samples[sample].name)
      for modifier in samples[sample].modifiers.indices {
        names.modifiers.replace(&samples[sample].modifiers[modifier].name)
      }
    }
  }
}

extension [String: String] {
  /// Replaces a name that has a new one.
  fileprivate func replace(_ name: inout String) {
    if let new = self[name] { name = new }
  }
}
