// SPDX-License-Identifier: Apache-2.0

/// One event's parts of all bins and how they move: the plain arithmetic behind tangents and second
/// derivatives of a kernel histogram, where speed matters less than in its values and gradients.
final class EventParts {
  /// K and dK [bins].
  private(set) var part: [Double]
  private(set) var partTangent: [Double]
  /// z = (edge − x)/h, its tangent, and the density φ(z) [bins + 1].
  private var z: [Double]
  private var zTangent: [Double]
  private var density: [Double]
  private var bandwidth = 1.0
  private var bandwidthTangent = 0.0
  private let bins: Int
  private let folded: Bool

  init(bins: Int, folded: Bool) {
    self.bins = bins
    self.folded = folded
    part = Array(repeating: 0, count: bins)
    partTangent = part
    z = Array(repeating: 0, count: bins + 1)
    zTangent = z
    density = z
  }

  /// Places an event among the edges; its weight.
  func place(
    _ event: Int, _ operands: Operands, _ tangents: Operands
  ) -> (value: Double, tangent: Double) {
    bandwidth = operands[3][0]
    bandwidthTangent = tangents[3][0]
    let position = operands[0][event], motion = tangents[0][event]
    for edge in 0...bins {
      let number = (operands[2][edge] - position) / bandwidth
      z[edge] = number
      zTangent[edge] = (tangents[2][edge] - motion - number * bandwidthTangent) / bandwidth
      density[edge] = isOpen(edge) ? 0 : ElementaryFunction.normalCDF.slope(number, 0)
    }
    for bin in 0..<bins {
      part[bin] = between(bin)
      partTangent[bin] =
        density[bin + 1] * zTangent[bin + 1] - density[bin] * zTangent[bin]
    }
    let weight = operands[1].count == 1 ? 0 : event
    return (operands[1][weight], tangents[1][weight])
  }

  /// Adds the event's part of the change of all adjoints.
  func pullBackTangent(
    _ event: Int, _ w: (value: Double, tangent: Double), of adjoint: Moving,
    into adjointTangents: Adjoints
  ) {
    let weight = adjointTangents[1].count == 1 ? 0 : event
    // The slope with respect to K of the bin below an edge, and its change.
    var below = (value: 0.0, tangent: 0.0)
    for edge in 0...bins {
      var above = (value: 0.0, tangent: 0.0)
      if edge < bins {
        let c = adjoint.value[edge], dc = adjoint.tangent[edge]
        let d = adjoint.value[bins + edge], dd = adjoint.tangent[bins + edge]
        let k = part[edge], dk = partTangent[edge]
        let inner = c + 2 * d * w.value * k
        let innerTangent = dc + 2 * (dd * w.value * k + d * (w.tangent * k + w.value * dk))
        above = (w.value * inner, w.tangent * inner + w.value * innerTangent)
        adjointTangents[1][weight] += dk * inner + k * innerTangent
      }
      move(
        edge, event, by: (below.value - above.value, below.tangent - above.tangent),
        into: adjointTangents)
      below = above
    }
  }

  /// f = φ(z) s/h acts on the edge, −f on the event and −f z on the bandwidth.
  private func move(
    _ edge: Int, _ event: Int, by slope: (value: Double, tangent: Double),
    into adjointTangents: Adjoints
  ) {
    guard !isOpen(edge) else { return }
    let force = density[edge] * slope.value / bandwidth
    let change =
      density[edge] / bandwidth
      * (slope.tangent
        - slope.value * (z[edge] * zTangent[edge] + bandwidthTangent / bandwidth))
    adjointTangents[2][edge] += change
    adjointTangents[0][event] -= change
    adjointTangents[3][0] -= change * z[edge] + force * zTangent[edge]
  }

  private func isOpen(_ edge: Int) -> Bool { folded && (edge == 0 || edge == bins) }

  /// Φ(upper) − Φ(lower), from the side where both are small.
  private func between(_ bin: Int) -> Double {
    let lower = folded && bin == 0 ? -Double.infinity : z[bin]
    let upper = folded && bin == bins - 1 ? Double.infinity : z[bin + 1]
    let function = ElementaryFunction.normalCDF
    return lower > 0
      ? function.value(-lower) - function.value(-upper)
      : function.value(upper) - function.value(lower)
  }
}
