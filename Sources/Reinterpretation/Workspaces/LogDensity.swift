// SPDX-License-Identifier: Apache-2.0
import HistFactory

/// log p(data | parameters) with all constants, and its gradient.
public struct LogDensity: Sendable, Hashable, Codable {
  /// The natural logarithm of the density, of observed and auxiliary data together.
  public let logpdf: Double
  /// Parameter → ∂logpdf/∂value, one number per value of the parameter.
  public let gradient: [String: [Double]]
}

extension WorkspaceSource {
  /// Evaluates the likelihood once.
  ///
  /// - Parameter parametersFile: path of a JSON object, parameter → list of its values; parameters
  ///   it doesn't name, and all when nil, keep the values the model suggests.
  public func logDensity(at parametersFile: String? = nil) throws(Failure) -> LogDensity {
    try classifiedWithName {
      let model = try model()
      let point = try model.point(readFrom: parametersFile)
      var gradient = [Double](repeating: 0, count: point.count)
      let value = Likelihood(model, data: model.data).evaluate(point, gradient: &gradient)
      guard value.isFinite, gradient.allSatisfy(\.isFinite) else {
        throw Failure.failed(
          "\(name): the likelihood is not defined at these parameters: an expected number of "
            + "events is negative or not finite there.")
      }
      return LogDensity(logpdf: -value, gradient: model.named(gradient.map { 0 - $0 }))
    }
  }
}
