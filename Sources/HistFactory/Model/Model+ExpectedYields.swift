// SPDX-License-Identifier: Apache-2.0
import Differentiation

/// Events that one sample contributes to one channel.
public struct SampleYields: Sendable, Hashable, Codable {
  /// Names as in the workspace.
  public let channel: String, sample: String
  /// Expected events [bins].
  public let events: [Double]

  /// Takes everything as it is.
  public init(channel: String, sample: String, events: [Double]) {
    self.channel = channel
    self.sample = sample
    self.events = events
  }
}

extension Model {
  /// Events expected of each sample in each channel, both sorted by name, for a full parameter vector.
  public func expectedYields(_ parameters: [Double]) -> [SampleYields] {
    let events = expectedCells(parameters)
    return cellLayout.map {
      SampleYields(channel: $0.channel, sample: $0.sample, events: Array(events[$0.cells]))
    }
  }

  /// The same flat over (channel, sample, bin), as `yields`.
  package func expectedCells(_ parameters: [Double]) -> [Double] {
    let rates = RateEvaluator(structure, parameterCount: inits.count)
    rates.evaluate(parameters)
    var events = [Double](repeating: 0, count: structure.cellCount)
    let minimum = structure.options.minimumSampleYield ?? -.infinity
    for index in 0..<structure.samples.count {
      let sample = structure.samples[index]
      for cell in sample.firstCell..<sample.firstCell + sample.binCount {
        events[cell] = max(
          minimum, rates.scales[index] * rates.binwiseFactors[cell] * rates.shapes[cell])
      }
    }
    return events
  }

  /// Where each sample stands in the flat yields, in their order.
  package var cellLayout: [(channel: String, sample: String, cells: Range<Int>)] {
    workspace.sortedChannels.flatMap { channel in
      channel.sortedSamples.compactMap { sample in
        yieldRange(channel: channel.name, sample: sample.name)
          .map { (channel.name, sample.name, $0) }
      }
    }
  }
}
