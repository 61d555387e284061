// SPDX-License-Identifier: Apache-2.0
import Figures
import HistFactory

/// Which modifiers act on which samples of a workspace.
public struct ModifierGrid: Sendable, Hashable, Codable {
  /// A modifier of one sample.
  public struct Modifier: Sendable, Hashable, Codable {
    /// The modifier's name.
    public let name: String
    /// Its type, such as `histosys`.
    public let type: String
  }

  /// A sample of one channel.
  public struct Sample: Sendable, Hashable, Codable {
    /// The sample's name.
    public let sample: String
    /// In the file's order.
    public let modifiers: [Modifier]
  }

  /// A channel.
  public struct Channel: Sendable, Hashable, Codable {
    /// The channel's name.
    public let channel: String
    /// In the file's order.
    public let samples: [Sample]
  }

  /// In the file's order.
  public let channels: [Channel]
}

extension WorkspaceSource {
  /// Modifiers by channel and sample. Needs no parameter of interest and fits nothing.
  ///
  /// - Parameter channels: those that are wanted; none takes all.
  public func modifierGrid(channels: [String] = []) throws(Failure) -> ModifierGrid {
    try classifiedWithName {
      var workspace = try workspace()
      try check(channels: channels, of: workspace)
      if !channels.isEmpty { workspace.channels.removeAll { !channels.contains($0.name) } }
      return ModifierGrid(workspace)
    }
  }
}

extension ModifierGrid {
  init(_ workspace: Workspace) {
    channels = workspace.channels.map { channel in
      Channel(
        channel: channel.name,
        samples: channel.samples.map { sample in
          Sample(
            sample: sample.name,
            modifiers: sample.modifiers.map { Modifier(name: $0.name, type: $0.kind.typeName) })
        })
    }
  }

  /// Samples against modifiers as SVG, a row for each sample of each channel.
  public func figure(title: String = "") throws(Failure) -> String {
    try classified {
      try ModifierGridFigure(
        title: title,
        rows: channels.flatMap { channel in
          channel.samples.map { sample in
            ModifierGridFigure.Row(
              channels.count == 1 ? sample.sample : "\(channel.channel), \(sample.sample)",
              modifiers: sample.modifiers.map { .init($0.name, type: $0.type) })
          }
        }
      ).svg()
    }
  }
}
