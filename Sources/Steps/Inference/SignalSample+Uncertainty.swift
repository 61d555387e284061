// SPDX-License-Identifier: Apache-2.0
import HistFactory

extension SignalSample {
  /// Whether the statistical uncertainty of any yield is known.
  var hasKnownUncertainty: Bool { channels.contains { $0.uncertainties != nil } }

  /// √Σ(∂x/∂s·δs)² over the signal's yields s with their statistical uncertainties δs: bins share no
  /// events, so their covariance is diagonal.
  ///
  /// - Parameter derivatives: ∂x/∂(nominal yield), flat as `Model.yieldRange`.
  /// - Returns: nil where a derivative isn't finite.
  func uncertainty(byYield derivatives: [Double], in model: Model) throws -> Double? {
    var variance = 0.0
    for channel in channels {
      guard let range = model.yieldRange(channel: channel.channel, sample: sample),
        range.count == channel.yields.count
      else {
        throw StepError(
          "the workspace has no sample '\(sample)' in channel '\(channel.channel)' as the input "
            + "'signal' says: take both from one step")
      }
      for (slot, uncertainty) in zip(range, channel.uncertainties ?? []) where uncertainty > 0 {
        let change = derivatives[slot] * uncertainty
        variance += change * change
      }
    }
    return variance.isFinite ? variance.squareRoot() : nil
  }
}
