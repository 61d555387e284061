// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Testing

@Suite struct SimplifiedLikelihoodTests {
  /// A likelihood at data for which a point with mu = 0 is the best fit.
  private func background(_ seed: UInt64) throws -> (likelihood: Likelihood, point: [Double]) {
    var generator = ModelGenerator(seed: 6000 + seed)
    let model = try Model(generator.workspace())
    var point = generator.point(of: model, wide: false)
    for (slot, isFixed) in model.isFixed.enumerated() where isFixed {
      point[slot] = model.inits[slot]
    }
    point[try #require(model.parameterOfInterest)] = 0
    return (Likelihood(model, data: model.expectedData(point)), point)
  }

  /// J V Jᵀ with V the inverse of the dense Hessian by elimination and J by finite differences.
  @Test(arguments: 0..<30 as Range<UInt64>)
  func covarianceIsThatOfTheFit(_ seed: UInt64) throws {
    let (likelihood, point) = try background(seed)
    let model = likelihood.model
    guard let simplified = try? likelihood.simplified(.covariance, at: point) else {
      // Shapefactors and normfactors of the same bins leave directions free: that is told.
      #expect(throws: InvalidModel.self) { try likelihood.simplified(.covariance, at: point) }
      return
    }
    #expect(simplified.background == model.expectedData(point).main)
    let free = point.indices.filter { !model.isFixed[$0] && $0 != model.parameterOfInterest }
    let hessian = StructuredHessian(for: model)
    var gradient: [Double] = []
    _ = likelihood.evaluate(point, gradient: &gradient, hessian: hessian, fisher: false)
    let dense = hessian.dense()
    let inverse = Self.inverse(free.map { i in free.map { dense[i * point.count + $0] } })
    let slopes = free.map { slot -> [Double] in
      var up = point, down = point
      up[slot] += 1e-5
      down[slot] -= 1e-5
      return zip(model.expectedData(up).main, model.expectedData(down).main).map {
        ($0 - $1) / 2e-5
      }
    }
    let bins = simplified.background.count
    let size = (0..<bins).map { simplified.covariance[$0 * bins + $0].squareRoot() }
    for row in 0..<bins {
      for column in 0..<bins {
        var expected = 0.0
        for i in free.indices {
          for j in free.indices { expected += slopes[i][row] * inverse[i][j] * slopes[j][column] }
        }
        let found = simplified.covariance[row * bins + column]
        #expect(abs(found - expected) <= 1e-5 * size[row] * size[column] + 1e-9)
      }
    }
    try expectCovariance(of: simplified)
  }

  /// The variations of the workspace have the covariance: Σ_k change_k change_kᵀ.
  private func expectCovariance(of simplified: SimplifiedLikelihood) throws {
    let model = try Model(simplified.workspace)
    let bins = simplified.background.count
    var start = model.inits
    start[try #require(model.parameterOfInterest)] = 0
    #expect(
      zip(model.expectedData(start).main, simplified.background)
        .allSatisfy { deviation($0, $1, scale: 1) < 1e-12 })
    var sum = Array(repeating: 0.0, count: bins * bins)
    for slot in start.indices where slot != model.parameterOfInterest {
      var moved = start
      moved[slot] = 1
      let change = zip(model.expectedData(moved).main, simplified.background).map { $0 - $1 }
      for row in 0..<bins {
        for column in 0..<bins { sum[row * bins + column] += change[row] * change[column] }
      }
    }
    for (a, b) in zip(sum, simplified.covariance) {
      #expect(abs(a - b) < 1e-6 * (1 + abs(b)))
    }
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func oneParameterCarriesTheTotal(_ seed: UInt64) throws {
    let (likelihood, point) = try background(seed)
    // Models that are refused are the other test.
    guard let simplified = try? likelihood.simplified(.total, at: point) else { return }
    let model = try Model(simplified.workspace)
    #expect(model.parameterNames == ["background_total", "mu"])
    let up = model.expectedData([1, 0]).main
    for (bin, uncertainty) in simplified.uncertainties.enumerated() {
      #expect(abs(up[bin] - simplified.background[bin] - uncertainty) < 1e-9 * (1 + up[bin]))
    }
    #expect((0...2).contains(simplified.correlationLoss))
  }

  /// Where the full model is linear and normal, the linear form is it: −log L differs by a constant.
  @Test func linearModelsLoseNothing() throws {
    let nominal: [Double] = [40, 60, 25]
    func template(_ changes: [Double]) -> Workspace.Modifier.Kind {
      .histosys(
        lo: zip(nominal, changes).map { $0 - $1 }, hi: zip(nominal, changes).map { $0 + $1 })
    }
    let full = Workspace(
      channels: [
        .init(
          name: "SR",
          samples: [
            .init(name: "sig", data: [3, 9, 1], modifiers: [.init(name: "mu", kind: .normfactor)]),
            .init(
              name: "bkg", data: nominal,
              modifiers: [
                .init(name: "a", kind: template([4, 3, 1])),
                .init(name: "b", kind: template([-2, 5, 0.5])),
              ]),
          ])
      ],
      observations: [.init(name: "SR", data: [47, 66, 21])],
      measurements: [.init(name: "m", poi: "mu", parameters: [])])
    let model = try Model(full)
    #expect(model.parameterNames == ["a", "b", "mu"])
    let likelihood = Likelihood(model, data: model.data)
    let simplified = try likelihood.simplified(.linear, at: [0.7, -0.3, 0])
    #expect(simplified.responseLoss < 1e-12)
    #expect(simplified.correlationLoss == 0)
    let other = try Model(simplified.workspace)
    #expect(other.parameterNames == model.parameterNames)
    let linear = Likelihood(other, data: other.data)
    let reference =
      linear.negativeLogLikelihood([0, 0, 0]) - likelihood.negativeLogLikelihood([0, 0, 0])
    for point in [[0.7, -0.3, 0], [1, 1, 1], [-2, 0.5, 2], [0.1, -3, 0.4]] {
      let difference =
        linear.negativeLogLikelihood(point) - likelihood.negativeLogLikelihood(point)
      #expect(abs(difference - reference) < 1e-9)
    }
  }

  /// A free parameter stays free, and one with a Poisson constraint has its variance.
  @Test func linearFormHasEveryParameter() throws {
    let full = Workspace(
      channels: [
        .init(
          name: "CR",
          samples: [
            .init(name: "top", data: [100], modifiers: [.init(name: "k", kind: .normfactor)])
          ]),
        .init(
          name: "SR",
          samples: [
            .init(name: "sig", data: [5], modifiers: [.init(name: "mu", kind: .normfactor)]),
            .init(
              name: "top", data: [20],
              modifiers: [
                .init(name: "k", kind: .normfactor), .init(name: "s", kind: .shapesys([2])),
              ]),
          ]),
      ],
      observations: [.init(name: "CR", data: [121]), .init(name: "SR", data: [24])],
      measurements: [.init(name: "m", poi: "mu", parameters: [])])
    let model = try Model(full)
    #expect(model.parameterNames == ["k", "mu", "s[0]"])
    let likelihood = Likelihood(model, data: model.data)
    let simplified = try likelihood.simplified(.linear, at: [1.21, 0, 1])
    let other = try Model(simplified.workspace)
    #expect(Set(other.parameterNames) == ["k", "mu", "s[0]"])
    // The control region alone gives k = 1.21 ± 0.11; with the signal region it is less.
    let slot = try #require(other.parameterNames.firstIndex(of: "k"))
    let hessian = StructuredHessian(for: other)
    var gradient: [Double] = []
    _ = Likelihood(other, data: other.data)
      .evaluate(
        other.inits.map { $0 == 1 ? 0 : $0 }, gradient: &gradient, hessian: hessian, fisher: false)
    // The constraint is one part in a million of what the data say.
    #expect(hessian.dense()[slot * 3 + slot] > 0.9e6)
    let gamma = try #require(
      simplified.workspace.channels[1].samples[1].modifiers.first { $0.name == "s[0]" })
    guard case .histosys(let lo, let hi) = gamma.kind else {
      Issue.record("not a histosys")
      return
    }
    // τ = 100: γ = 1 ± 0.1 on 24.2 events.
    #expect(deviation((hi[0] - lo[0]) / 2, 2.42) < 1e-12)
  }

  /// Data that are not counted leave the uncertainty as it was before the fit.
  @Test func excludedChannelsDoNotConstrain() throws {
    let full = Workspace(
      channels: [
        .init(
          name: "SR",
          samples: [
            .init(name: "sig", data: [5], modifiers: [.init(name: "mu", kind: .normfactor)]),
            .init(
              name: "bkg", data: [100],
              modifiers: [.init(name: "x", kind: .histosys(lo: [80], hi: [120]))]),
          ])
      ],
      observations: [.init(name: "SR", data: [100])],
      measurements: [.init(name: "m", poi: "mu", parameters: [])])
    let model = try Model(full)
    let likelihood = Likelihood(model, data: model.data)
    let point = [0.0, 0]
    // 1/σ² = 1 + 20²/100.
    #expect(
      deviation(
        try likelihood.simplified(.total, at: point).uncertainties[0], 20 / 5.0.squareRoot())
        < 1e-12)
    let before = try likelihood.simplified(.total, at: point, excluding: ["SR"])
    #expect(deviation(before.uncertainties[0], 20) < 1e-12)
  }

  @Test func lossesAreMeasured() throws {
    let bent = Workspace(
      channels: [
        .init(
          name: "SR",
          samples: [
            .init(name: "sig", data: [5, 5], modifiers: [.init(name: "mu", kind: .normfactor)]),
            .init(
              name: "bkg", data: [100, 100],
              modifiers: [
                .init(name: "x", kind: .normsys(lo: 0.7, hi: 1.1)),
                .init(name: "y", kind: .shapesys([0, 10])),
              ]),
          ])
      ],
      observations: [.init(name: "SR", data: [100, 100])],
      measurements: [.init(name: "m", poi: "mu", parameters: [])])
    let model = try Model(bent)
    let point = model.inits.indices.map { $0 == model.parameterOfInterest ? 0 : model.inits[$0] }
    let likelihood = Likelihood(model, data: model.data)
    let total = try likelihood.simplified(.total, at: point)
    #expect(total.responseLoss > 0.05)
    #expect(total.correlationLoss > 0.1)
    #expect(try likelihood.simplified(.covariance, at: point).correlationLoss == 0)
  }

  @Test func whatCannotBeSimplifiedIsRefused() throws {
    let left = try OperationFixtures.workspace("left")
    let model = try Model(left)
    let likelihood = Likelihood(model, data: model.data)
    let refusal = #expect(throws: InvalidModel.self) {
      try likelihood.simplified(.total, at: model.inits)
    }
    #expect(refusal?.description.contains("fit with the signal fixed at 0") == true)
    #expect(throws: InvalidModel.self) { try likelihood.simplified(.total, at: [0]) }
    let nothing = try Model(try left.renamed(.init(modifiers: ["mu": "nu"])), measurement: "meas")
    #expect(nothing.parameterOfInterest != nil)
    var jes = left
    jes.measurements[0].poi = "jes"
    let other = try Model(jes)
    var point = other.inits
    point[try #require(other.parameterOfInterest)] = 0
    let told = #expect(throws: InvalidModel.self) {
      try Likelihood(other, data: other.data).simplified(.total, at: point)
    }
    #expect(told?.description == "'jes' is no normfactor of any sample: there is no signal")
  }

  /// Inverse by elimination with pivoting.
  private static func inverse(_ matrix: [[Double]]) -> [[Double]] {
    let count = matrix.count
    var rows = matrix.enumerated().map { index, row in
      row + (0..<count).map { $0 == index ? 1.0 : 0 }
    }
    for column in 0..<count {
      let best = (column..<count).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, best)
      let pivot = rows[column][column]
      rows[column] = rows[column].map { $0 / pivot }
      for row in 0..<count where row != column {
        let factor = rows[row][column]
        for k in 0..<2 * count { rows[row][k] -= factor * rows[column][k] }
      }
    }
    return rows.map { Array($0[count...]) }
  }
}
