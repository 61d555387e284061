// SPDX-License-Identifier: Apache-2.0

/// A workspace whose backgrounds are one sample with few uncertainties, made of a full one.
///
/// The signal keeps its yields and its strength and loses its uncertainties. What else is lost is
/// measured by ``responseLoss`` and ``correlationLoss``, both exact for a single step away from the
/// point of expansion; what a result loses only the result tells.
public struct SimplifiedLikelihood: Sendable {
  /// What the uncertainties of the background become.
  public enum Form: String, Sendable, Hashable, CaseIterable {
    /// One nuisance parameter for all bins, of the total uncertainty after the fit
    /// (ATL-PHYS-PUB-2021-038): all bins are taken as fully correlated.
    case total
    /// As many nuisance parameters as the covariance of the background after the fit has directions
    /// (arXiv:1809.05548, eq. 2.2): bins are correlated as they are, and normal.
    case covariance
    /// Every nuisance parameter with its own constraint, its effect taken as linear: the same fit to
    /// the same data, without the bends.
    case linear
  }

  /// How the background was simplified.
  public let form: Form
  /// The simplified workspace: samples "signal" (by its names) and "background".
  public let workspace: Workspace
  /// Channels in the order of the bins below.
  public let channelNames: [String]
  /// [bins] events of the background, channels by name.
  public let background: [Double]
  /// [bins × bins] its covariance after the fit.
  public let covariance: [Double]
  /// The largest difference between full and simplified background when one nuisance parameter goes
  /// one standard deviation up or down from the fit, in units of the bin's total uncertainty. 0 is
  /// no loss.
  public let responseLoss: Double
  /// The largest difference of a correlation between two bins from the full one: 0 but for `total`.
  public let correlationLoss: Double

  /// [bins] √covariance of each bin.
  public var uncertainties: [Double] {
    let bins = background.count
    return (0..<bins).map { max(covariance[$0 * bins + $0], 0).squareRoot() }
  }
}

extension Likelihood {
  /// A simplified likelihood of the model and data, expanded around a fit of the background.
  ///
  /// - Parameters:
  ///   - form: what the uncertainties become.
  ///   - point: best-fit parameters with the signal strength at 0.
  ///   - excluded: channels whose data do not count for the uncertainties after the fit. The simple
  ///     likelihood is fitted to all data again, so that data which made its uncertainties count
  ///     twice: exclude the signal regions, and fit without them. No matter for `linear`.
  /// - Throws: a model without a parameter of interest that scales samples, a signal that isn't 0,
  ///   a fit that doesn't fix the parameters.
  public func simplified(
    _ form: SimplifiedLikelihood.Form, at point: [Double], excluding excluded: Set<String> = []
  ) throws -> SimplifiedLikelihood {
    let signal = try model.signal(at: point)
    let isCounted = model.workspace.sortedChannels.flatMap { channel in
      Array(
        repeating: form == .linear || !excluded.contains(channel.name),
        count: channel.samples.first?.data.count ?? 0)
    }
    let response = try BackgroundResponse(
      self, at: point, signal: signal.slot, isCounted: isCounted)
    let covariance = response.eventCovariance
    let simplifier = Simplifier(
      likelihood: self, point: point, signal: signal, response: response, covariance: covariance)
    let workspace = try simplifier.workspace(form)
    return SimplifiedLikelihood(
      form: form, workspace: workspace, channelNames: model.channelNames,
      background: response.events, covariance: covariance,
      responseLoss: simplifier.responseLoss(),
      correlationLoss: form == .total ? simplifier.correlationLoss() : 0)
  }
}

/// The samples a signal strength scales.
struct SignalSamples {
  let slot: Int
  let parameter: String
  /// (channel, sample) names.
  let samples: [String: Set<String>]
}

extension Model {
  /// The signal, which has to vanish at a point.
  fileprivate func signal(at point: [Double]) throws(InvalidModel) -> SignalSamples {
    guard let slot = parameterOfInterest, point.count == inits.count else {
      throw InvalidModel(
        "a simplified likelihood needs a parameter of interest that scales the signal, and a value "
          + "for each of the \(inits.count) parameters")
    }
    guard point[slot] == 0 else {
      throw InvalidModel(
        "the background is that of a signal strength of 0, but '\(measurement.poi)' is "
          + "\(point[slot]): fit with the signal fixed at 0")
    }
    var samples: [String: Set<String>] = [:]
    for channel in workspace.channels {
      for sample in channel.samples {
        let isSignal = sample.modifiers.contains {
          $0.name == measurement.poi && $0.kindName == .normfactor
        }
        if isSignal { samples[channel.name, default: []].insert(sample.name) }
      }
    }
    guard !samples.isEmpty else {
      throw InvalidModel("'\(measurement.poi)' is no normfactor of any sample: there is no signal")
    }
    return SignalSamples(slot: slot, parameter: measurement.poi, samples: samples)
  }
}
