// SPDX-License-Identifier: Apache-2.0
import Foundation
import Inference
package import Preservation
package import Workflow

/// A result as the surrogate sees it.
package struct Response: Hashable, Sendable {
  package let value: Double
  /// From the result's uncertainty, by the slope of the transform; 0 without one.
  package let variance: Double
}

extension ScanOutput {
  /// `STEP.QUANTITY`
  var valueName: String { "\(step).\(quantity.rawValue)" }

  /// Probits are kept within ±4 (p = 3·10⁻⁵): beyond, CLs says nothing of where the contour is.
  private static let largestProbit = 4.0
  /// Φ⁻¹(0.95)
  private static let probitLevel = NormalTail.quantile(logProbability: log1p(-0.05))

  /// The transformed result.
  ///
  /// - Throws: `Failure` with a sentence for a result that has no transform: one that isn't
  ///   finite, a limit that isn't positive, a CLs that isn't a probability.
  package func response(of result: ScanOutputValue) throws -> Response {
    let (value, uncertainty) = (result.value, result.uncertainty ?? 0)
    guard value.isFinite, uncertainty.isFinite else {
      throw Failure.failed("\(valueName) is \(value), which is no finite number")
    }
    switch transform {
    case .none: return Response(value: value, variance: uncertainty * uncertainty)
    case .log10:
      guard value > 0 else {
        throw Failure.failed("\(valueName) is \(value), which has no logarithm")
      }
      let deviation = uncertainty / (value * log(10))
      return Response(value: log10(value), variance: deviation * deviation)
    case .probit:
      guard (0...1).contains(value) else {
        throw Failure.failed("\(valueName) is \(value), which is no probability")
      }
      let normal = value < 1 ? NormalTail.quantile(logProbability: log1p(-value)) : -.infinity
      let probit = min(max(normal - Self.probitLevel, -Self.largestProbit), Self.largestProbit)
      // dΦ⁻¹(1 − p)/dp = −1/φ; where the probit is cut off, an uncertainty has no meaning.
      let density = exp(-normal * normal / 2) / (2 * Double.pi).squareRoot()
      let isCut = abs(probit) == Self.largestProbit
      let deviation = isCut || density == 0 ? 0 : uncertainty / density
      return Response(value: probit, variance: deviation * deviation)
    }
  }

  /// The result that has this response.
  package func result(of response: Double) -> Double {
    switch transform {
    case .none: response
    case .log10: pow(10, response)
    case .probit: exp(NormalTail.logCumulative(-(response + Self.probitLevel)))
    }
  }

  /// Whether a response of this size is on the excluded side: above the level for a probit of
  /// 1 − CLs, below it for anything else.
  package func isExcluded(_ response: Double) -> Bool {
    transform == .probit ? response > level : response < level
  }

  /// Probability of the excluded side.
  package func exclusion(mean: Double, deviation: Double) -> Double {
    let pull = (level - mean) / deviation
    return exp(NormalTail.logCumulative(transform == .probit ? -pull : pull))
  }
}
