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

  /// Parameters whose bend can outweigh `share` of constraint and information, the strongest first.
  package func suspects(
    data: [Double], expected: [Double], share: Double
  ) -> [(index: Int, strength: Double)] {
    let inverse = expected.map { $0 > 0 ? 1 / $0 : 0 }
    return responses.map { response in
      var bend = 0.0
      var information = 1.0
      for bin in data.indices {
        bend += abs(response.bend[bin] * (expected[bin] - data[bin])) * inverse[bin]
        let slope = response.slope[bin] * inverse[bin]
        information += data[bin] * slope * slope
      }
      return (response.parameter, bend / information)
    }
    .filter { $0.1 > share }
    .sorted { $0.1 > $1.1 }
  }
}
