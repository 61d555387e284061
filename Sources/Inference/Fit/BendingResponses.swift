// SPDX-License-Identifier: Apache-2.0
package import HistFactory

/// The systematics whose up and down variations lie so far from a straight line that the likelihood
/// can have a second minimum.
///
/// With c = ν(+1) + ν(−1) − 2ν(0) in a bin, the interpolations (pyhf's code 4p and, nearly, code 4)
/// bend by at most 15/8 |c|. The second derivative of −log L along the parameter is at least
/// 1/σ² − Σ 15/8 |c| |n − ν|/ν, so it can turn negative only where the sum exceeds 1/σ².
package struct BendingResponses {
  private struct Response {
    let index: Int
    /// 15/8 |c| σ², by bin.
    let bend: [Double]
  }
  private let responses: [Response]

  /// Looks at the normal-constrained parameters with nominal value 0, the only ones that act by
  /// interpolation.
  package init(of model: Model) {
    let nominal = model.expectedData(model.inits).main
    var point = model.inits
    var responses: [Response] = []
    for parameter in model.parameters {
      guard case .normal(let auxiliary, let sigmas) = parameter.constraint else { continue }
      for (slot, i) in parameter.range.enumerated()
      where parameter.inits[slot] == 0 && auxiliary[slot] == 0 && !parameter.isFixed[slot] {
        point[i] = 1
        let up = model.expectedData(point).main
        point[i] = -1
        let down = model.expectedData(point).main
        point[i] = 0
        let scale = 1.875 * sigmas[slot] * sigmas[slot]
        let bend = nominal.indices.map { scale * abs(up[$0] + down[$0] - 2 * nominal[$0]) }
        if bend.contains(where: { $0 > 1e-9 }) {
          responses.append(Response(index: i, bend: bend))
        }
      }
    }
    self.responses = responses
  }

  /// Parameters that may have a second minimum, and by how much the bend outweighs the constraint;
  /// the strongest first.
  package func suspects(data: [Double], expected: [Double]) -> [(index: Int, strength: Double)] {
    let pull = zip(data, expected).map { $1 > 0 ? abs($0 - $1) / $1 : 0 }
    return responses.map { response in
      (response.index, zip(response.bend, pull).reduce(0) { $0 + $1.0 * $1.1 })
    }
    .filter { $0.1 > 1 }
    .sorted { $0.1 > $1.1 }
  }
}
