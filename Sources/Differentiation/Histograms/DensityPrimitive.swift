// SPDX-License-Identifier: Apache-2.0
import CKernels

/// Contents and variances [2 · bins] of a `KernelHistogram` of values, weights, edges and bandwidth.
struct DensityPrimitive: TwiceDifferentiable {
  let folded: Bool
  var name: String { "kernel histogram" }

  func resultCount(of counts: [Int]) -> Int? {
    guard counts.count == 4, counts[1] == counts[0] || counts[1] == 1, counts[2] > 1,
      counts[3] == 1
    else { return nil }
    return 2 * (counts[2] - 1)
  }

  func evaluate(
    _ operands: Operands, into result: UnsafeMutableBufferPointer<Double>
  ) throws {
    let edges = operands[2], bins = edges.count - 1, bandwidth = operands[3][0]
    guard bandwidth > 0 else { throw Refusal(description: "the bandwidth is \(bandwidth)") }
    for bin in 0..<bins where !(edges[bin] <= edges[bin + 1]) {
      throw Refusal(
        description: "edge \(bin + 1) at \(edges[bin + 1]) lies below edge \(bin) at "
          + "\(edges[bin]); 'orderedEdges' keeps them in order")
    }
    result.update(repeating: 0)
    guard let sums = result.baseAddress, let x = operands[0].baseAddress,
      let positions = edges.baseAddress
    else { return }
    let weights = operands[1]
    kernel_density_histogram(
      sums, sums + bins, x, weights.count == operands[0].count ? weights.baseAddress : nil,
      operands[0].count, positions, bins, bandwidth, folded ? 1 : 0)
    if weights.count != operands[0].count {
      for bin in 0..<bins {
        sums[bin] *= weights[0]
        sums[bins + bin] *= weights[0] * weights[0]
      }
    }
  }

  func pullBack(
    _ adjoint: UnsafeBufferPointer<Double>, result: UnsafeBufferPointer<Double>,
    operands: Operands, into adjoints: Adjoints
  ) {
    let bins = operands[2].count - 1, events = operands[0].count
    let weights = operands[1], isCommon = weights.count != events
    guard let x = operands[0].baseAddress, let edges = operands[2].baseAddress,
      let from = adjoint.baseAddress
    else { return }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * bins) { scaled in
      guard let scale = scaled.baseAddress else { return }
      // One weight for all is taken out of the kernel.
      let w = isCommon ? weights[0] : 1
      for bin in 0..<bins {
        scale[bin] = w * from[bin]
        scale[bins + bin] = w * w * from[bins + bin]
        if isCommon, w != 0 {
          adjoints[1][0] +=
            (from[bin] * result[bin] + 2 * from[bins + bin] * result[bins + bin]) / w
        }
      }
      kernel_density_histogram_adjoint(
        wanted(0, adjoints), isCommon ? nil : wanted(1, adjoints), wanted(2, adjoints),
        wanted(3, adjoints), scale, scale + bins, x, isCommon ? nil : weights.baseAddress, events,
        edges, bins, operands[3][0], folded ? 1 : 0)
    }
  }

  func pushForward(
    _ tangents: Operands, result: UnsafeBufferPointer<Double>, operands: Operands,
    into tangent: UnsafeMutableBufferPointer<Double>
  ) {
    tangent.update(repeating: 0)
    let bins = operands[2].count - 1
    let parts = EventParts(bins: bins, folded: folded)
    for event in operands[0].indices {
      let w = parts.place(event, operands, tangents)
      for bin in 0..<bins {
        let part = parts.part[bin], change = parts.partTangent[bin]
        tangent[bin] += w.value * change + w.tangent * part
        tangent[bins + bin] += 2 * w.value * part * (w.value * change + w.tangent * part)
      }
    }
  }

  func pullBackTangent(
    of adjoint: Moving, result: Moving, operands: Operands, tangents: Operands,
    into adjointTangents: Adjoints
  ) {
    let bins = operands[2].count - 1
    let parts = EventParts(bins: bins, folded: folded)
    for event in operands[0].indices {
      let w = parts.place(event, operands, tangents)
      parts.pullBackTangent(event, w, of: adjoint, into: adjointTangents)
    }
  }

  private func wanted(_ index: Int, _ adjoints: Adjoints) -> UnsafeMutablePointer<Double>? {
    adjoints.isWanted(index) ? adjoints[index].baseAddress : nil
  }
}
