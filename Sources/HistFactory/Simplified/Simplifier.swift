// SPDX-License-Identifier: Apache-2.0

/// Makes the workspace of a simplified likelihood, and measures what is lost.
struct Simplifier {
  let likelihood: Likelihood
  let point: [Double]
  let signal: SignalSamples
  let response: BackgroundResponse
  /// [bins × bins] of the background.
  let covariance: [Double]

  private var model: Model { likelihood.model }
  private var bins: Int { response.events.count }

  /// One uncertainty of the background: a normal parameter with a linear effect.
  private struct Variation {
    let name: String
    /// [bins] change for one unit of the parameter.
    let change: [Double]
  }

  func workspace(_ form: SimplifiedLikelihood.Form) throws(InvalidWorkspace) -> Workspace {
    switch form {
    case .total:
      let change = (0..<bins).map { max(covariance[$0 * bins + $0], 0).squareRoot() }
      return try workspace(
        response.events, [Variation(name: "background_total", change: change)])
    case .covariance:
      let columns = PivotedCholesky(covariance, order: bins).columns
      return try workspace(
        response.events,
        columns.enumerated().map { Variation(name: "background_\($0)", change: $1) })
    case .linear: return try linear()
    }
  }

  /// Each constrained parameter in units of its constraint's width, from its auxiliary value; a free one gets
  /// a width far beyond what the data allow, which constrains nothing.
  private func linear() throws(InvalidWorkspace) -> Workspace {
    let (widths, centres) = (model.constraintWidths, model.constraintCentres)
    var start = response.events
    var variations: [Variation] = []
    for (index, slot) in response.slots.enumerated() {
      let slope = response.slopes[index * bins..<(index + 1) * bins]
      let nominal: Double, width: Double
      if let constraint = widths[slot], let centre = centres[slot] {
        (nominal, width) = (centre, constraint)
      } else {
        let count = response.slots.count
        nominal = point[slot]
        width = 1e3 * max(response.covariance[index * count + index], 0).squareRoot()
      }
      for (bin, value) in slope.enumerated() { start[bin] -= value * (point[slot] - nominal) }
      variations.append(
        Variation(name: model.parameterNames[slot], change: slope.map { $0 * width }))
    }
    return try workspace(start, variations)
  }

  private func workspace(
    _ events: [Double], _ variations: [Variation]
  ) throws(InvalidWorkspace) -> Workspace {
    var channels: [Workspace.Channel] = []
    var first = 0
    let strength = Workspace.Modifier(name: signal.parameter, kind: .normfactor)
    for channel in model.workspace.sortedChannels {
      let range = first..<first + (channel.samples.first?.data.count ?? 0)
      first = range.upperBound
      let modifiers = variations.compactMap { variation -> Workspace.Modifier? in
        let change = variation.change[range]
        guard change.contains(where: { $0 != 0 }) else { return nil }
        return .init(
          name: variation.name,
          kind: .histosys(
            lo: zip(events[range], change).map { $0 - $1 },
            hi: zip(events[range], change).map { $0 + $1 }))
      }
      let kept = channel.samples.filter { signal.samples[channel.name]?.contains($0.name) == true }
      var samples = kept.map {
        Workspace.Sample(name: $0.name, data: $0.data, modifiers: [strength])
      }
      samples.append(
        Workspace.Sample(name: "background", data: Array(events[range]), modifiers: modifiers))
      channels.append(Workspace.Channel(name: channel.name, samples: samples))
    }
    let configured = model.measurement.parameters.filter { $0.name == signal.parameter }
    return try Workspace(
      channels: channels, observations: model.workspace.observations,
      measurements: [
        .init(name: model.measurement.name, poi: signal.parameter, parameters: configured)
      ]
    ).checked("the simplified workspace")
  }

  // MARK: What is lost

  /// See ``SimplifiedLikelihood/responseLoss``.
  func responseLoss() -> Double {
    let count = response.slots.count
    var loss = 0.0
    for (index, slot) in response.slots.enumerated() {
      let width = max(response.covariance[index * count + index], 0).squareRoot()
      for sign in [-1.0, 1] {
        var moved = point
        moved[slot] += sign * width
        let events = model.expectedData(moved).main
        for bin in 0..<bins {
          let linear = response.events[bin] + sign * width * response.slopes[index * bins + bin]
          let unit = max(covariance[bin * bins + bin], 0).squareRoot()
          if unit > 0 { loss = max(loss, abs(events[bin] - linear) / unit) }
        }
      }
    }
    return loss
  }

  /// See ``SimplifiedLikelihood/correlationLoss``.
  func correlationLoss() -> Double {
    var loss = 0.0
    for row in 0..<bins {
      for column in 0..<row {
        let product = covariance[row * bins + row] * covariance[column * bins + column]
        guard product > 0 else { continue }
        loss = max(loss, 1 - covariance[row * bins + column] / product.squareRoot())
      }
    }
    return loss
  }
}

/// V = Σ_k c_k c_kᵀ with as many columns as V has rank: Cholesky with the largest pivot first
/// (Higham 2002, §10.3).
struct PivotedCholesky {
  /// Columns of `order` elements.
  let columns: [[Double]]

  init(_ matrix: [Double], order: Int, tolerance: Double = 1e-12) {
    var rest = matrix
    var columns: [[Double]] = []
    let scale = (0..<order).map { matrix[$0 * order + $0] }
    for _ in 0..<order {
      // Relative to each variance: small bins count as much as large ones.
      let pivot = (0..<order).max { left, right in
        Self.ratio(rest[left * order + left], scale[left])
          < Self.ratio(rest[right * order + right], scale[right])
      }
      guard let pivot, Self.ratio(rest[pivot * order + pivot], scale[pivot]) > tolerance else {
        break
      }
      let root = rest[pivot * order + pivot].squareRoot()
      let column = (0..<order).map { rest[$0 * order + pivot] / root }
      for row in 0..<order where column[row] != 0 {
        for other in 0..<order { rest[row * order + other] -= column[row] * column[other] }
      }
      columns.append(column)
    }
    self.columns = columns
  }

  private static func ratio(_ rest: Double, _ whole: Double) -> Double {
    whole > 0 ? rest / whole : 0
  }
}
