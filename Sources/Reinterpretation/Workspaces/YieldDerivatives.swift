// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// Derivatives of a result by every nominal yield, by channel and sample. **Shape**: [bins].
///
/// What changes is one number in a sample's `data`; absolute templates and uncertainties stay.
public struct YieldDerivatives: Sendable, Hashable, Codable {
  /// Of the observed result: channel → sample → [bins].
  public let observed: [String: [String: [Double]]]
  /// Of the results expected at −2σ … +2σ.
  public let expected: [[String: [String: [Double]]]]

  private enum CodingKeys: String, CodingKey {
    case observed = "obs"
    case expected = "exp"
  }

  /// Nil where nothing was asked for.
  init?(observed: [Double]?, expected: [[Double]]?, of model: Model) throws(Failure) {
    guard let observed, let expected else { return nil }
    guard (observed + expected.joined()).allSatisfy(\.isFinite) else {
      throw Failure.failed("The derivatives are not defined here: they are not finite.")
    }
    self.observed = model.bySample(observed)
    self.expected = expected.map(model.bySample)
  }
}

extension Model {
  fileprivate func bySample(_ values: [Double]) -> [String: [String: [Double]]] {
    var result: [String: [String: [Double]]] = [:]
    for (channel, sample, cells) in cellLayout {
      result[channel, default: [:]][sample] = Array(values[cells])
    }
    return result
  }
}
