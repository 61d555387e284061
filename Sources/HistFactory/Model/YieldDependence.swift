// SPDX-License-Identifier: Apache-2.0

/// How nominal yields enter a model beside being the nominal yields: through the bend of histosys
/// templates, which are absolute, and through the constraints' widths and rates.
struct YieldDependence: Sendable {
  /// [samples] which coefficients are the q of a sample's histosys; ∂h/∂nominal = 1 − Σ q/8.
  let bends: [[Int]]
  /// Staterror: width = uncertainty / (sum of yields).
  let widths: [Width]
  /// Shapesys: rate = (yield / uncertainty)².
  let rates: [Rate]

  /// One sample's share in the width of a normal constraint.
  struct Width: Sendable {
    let cell: Int
    /// Position among the normal constraints.
    let constraint: Int
    /// Σ of the yields of all samples of the constraint in this bin.
    let total: Double
  }

  /// The rate of a Poisson constraint.
  struct Rate: Sendable {
    let cell: Int
    /// Position among the Poisson constraints.
    let constraint: Int
    let yield: Double
  }
}

extension YieldDependence {
  /// - Parameters:
  ///   - uses: (cell, slot, nominal yield) of each bin of each staterror.
  ///   - rates: the same of each shapesys.
  ///   - givenWidths: slots whose widths the measurement gives, which therefore follow nothing.
  init(
    bends: [[Int]], staterrors uses: [(cell: Int, slot: Int, yield: Double)],
    shapesys: [(cell: Int, slot: Int, yield: Double)], givenWidths: Set<Int>,
    parameters: [Parameter], constraints: ConstraintTable
  ) {
    let isFixed = parameters.flatMap(\.isFixed)
    var normal: [Int: Int] = [:], poisson: [Int: Int] = [:]
    for i in 0..<constraints.normalParameters.count {
      normal[Int(constraints.normalParameters[i])] = i
    }
    for i in 0..<constraints.poissonParameters.count {
      poisson[Int(constraints.poissonParameters[i])] = i
    }
    var totals: [Int: Double] = [:]
    for use in uses { totals[use.slot, default: 0] += use.yield }
    self.bends = bends
    widths = uses.compactMap { use in
      guard let constraint = normal[use.slot], let total = totals[use.slot], total > 0,
        !isFixed[use.slot], !givenWidths.contains(use.slot)
      else { return nil }
      return Width(cell: use.cell, constraint: constraint, total: total)
    }
    rates = shapesys.compactMap { use in
      guard let constraint = poisson[use.slot], use.yield > 0, !isFixed[use.slot] else {
        return nil
      }
      return Rate(cell: use.cell, constraint: constraint, yield: use.yield)
    }
  }
}
