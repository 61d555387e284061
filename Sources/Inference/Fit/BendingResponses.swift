// SPDX-License-Identifier: Apache-2.0
package import HistFactory

/// Tells which systematics' up and down variations lie so far from a straight line that the
/// likelihood can have a second minimum.
///
/// Along an interpolated parameter the second derivative of −log L is
/// 1 + Σ n ν′²/ν² + Σ ν″ (ν − n)/ν: constraint, information and bend. It can only turn negative,
/// as it must between two minima, where the bend outweighs the other two.
package struct BendingResponses: Sendable {
  private let responses: [ResponseBends.Response]

  package init(of model: Model) {
    responses = ResponseBends(of: model).responses
  }

  package var isEmpty: Bool { responses.isEmpty }
  /// All parameters whose response bends.
  package var parameters: [Int] { responses.map(\.parameter) }

  /// Parameters whose bend can outweigh `share` of constraint and information, the strongest first.
  ///
  /// Data count as at least one Poisson standard deviation from what is expected: in another minimum
  /// they may be.
  package func suspects(
    data: [Double], expected: [Double], share: Double
  ) -> [(index: Int, strength: Double)] {
    let pull = zip(data, expected).map { data, expected in
      expected > 0 ? max(abs(expected - data), expected.squareRoot()) / expected : 0
    }
    let weight = zip(data, expected).map { $1 > 0 ? $0 / ($1 * $1) : 0 }
    return responses.map { response in
      var bend = 0.0
      var information = 1.0
      for bin in data.indices {
        bend += abs(response.bend[bin]) * pull[bin]
        information += weight[bin] * response.slope[bin] * response.slope[bin]
      }
      return (response.parameter, bend / information)
    }
    .filter { $0.1 > share }
    .sorted { $0.1 > $1.1 }
  }
}
