// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// Events of a channel, its bins added up.
package struct ChannelCount: Sendable, Hashable {
  /// Observed events.
  let observed: Double
  /// Nominal yields of all samples but the signal's.
  let background: Double

  /// Counts from their parts.
  package init(observed: Double, background: Double) {
    self.observed = observed
    self.background = background
  }
}

extension Workspace {
  /// Observed and background events by channel; a sample of the given name is not background.
  func counts(without signal: String?) -> [String: ChannelCount] {
    let observed = Dictionary(
      observations.map { ($0.name, $0.data.reduce(0, +)) }, uniquingKeysWith: { first, _ in first })
    var counts: [String: ChannelCount] = [:]
    for channel in channels {
      guard let events = observed[channel.name] else { continue }
      let background = channel.samples.filter { $0.name != signal }.flatMap(\.data).reduce(0, +)
      counts[channel.name] = ChannelCount(observed: events, background: background)
    }
    return counts
  }
}
