// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Testing

/// A measurement that configures everything it may; all numbers by pyhf 0.7.6 (numpy backend) on
/// the same workspace.
@Suite struct ModelConfigurationTests {
  private let workspace: Workspace = {
    let lumi = Workspace.Modifier(name: "lumi", kind: .lumi)
    let signal = Workspace.Sample(
      name: "signal", data: [4, 6],
      modifiers: [
        .init(name: "mu", kind: .normfactor), lumi,
        .init(name: "acc", kind: .normsys(lo: 0.8, hi: 1.15)),
      ])
    let top = Workspace.Sample(
      name: "top", data: [20, 10],
      modifiers: [
        lumi, .init(name: "jes", kind: .histosys(lo: [17, 9], hi: [22, 12.5])),
        .init(name: "acc", kind: .histosys(lo: [19, 10.5], hi: [21.5, 9])),
        .init(name: "stat_SR", kind: .staterror([1, 0.5])),
      ])
    let fakes = Workspace.Sample(
      name: "fakes", data: [8, 3],
      modifiers: [
        .init(name: "fake_shape", kind: .shapesys([2, 1.5])),
        .init(name: "stat_SR", kind: .staterror([0.6, 0.4])),
      ])
    let control = Workspace.Sample(
      name: "top", data: [100],
      modifiers: [
        lumi, .init(name: "jes", kind: .normsys(lo: 0.9, hi: 1.2)),
        .init(name: "top_free", kind: .shapefactor),
      ])
    return Workspace(
      channels: [
        .init(name: "SR", samples: [signal, top, fakes]), .init(name: "CR", samples: [control]),
      ],
      observations: [.init(name: "SR", data: [33, 17]), .init(name: "CR", data: [108])],
      measurements: [
        .init(
          name: "m", poi: "mu",
          parameters: [
            .init(name: "mu", inits: [0.5], bounds: [-1...20]),
            .init(
              name: "lumi", inits: [1.1], bounds: [0.6...1.6], auxiliaryData: [1.05],
              sigmas: [0.03], isFixed: true),
            .init(name: "acc", inits: [0.2], bounds: [-3...4], auxiliaryData: [0.1]),
            .init(
              name: "stat_SR", inits: [1.1, 0.9], bounds: [0.2...3, 0.3...4],
              auxiliaryData: [1.02, 0.97], sigmas: [0.07, 0.09]),
            .init(name: "fake_shape", auxiliaryData: [15, 5], isFixed: false),
            .init(name: "nobody", inits: [3]),
          ])
      ])
  }()

  @Test func suggestionsAreThoseOfTheMeasurement() throws {
    let model = try Model(workspace)
    #expect(
      model.parameterNames == [
        "acc", "jes", "lumi", "mu", "top_free[0]", "fake_shape[0]", "fake_shape[1]", "stat_SR[0]",
        "stat_SR[1]",
      ])
    #expect(model.inits == [0.2, 0, 1.1, 0.5, 1, 1, 1, 1.1, 0.9])
    #expect(
      model.bounds == [
        -3...4, -5...5, 0.6...1.6, -1...20, 0...10, 1e-10...10, 1e-10...10, 0.2...3, 0.3...4,
      ])
    #expect(model.isFixed == [false, false, true, false, false, false, false, false, false])
    #expect(model.channelNames == ["CR", "SR"])
    #expect(model.data.main == [108, 33, 17])
    #expect(model.data.auxiliary == [0.1, 0, 1.05, 15, 5, 1.02, 0.97])
    #expect(model.parameterOfInterest == 3)
  }

  @Test func likelihoodUsesThem() throws {
    let model = try Model(workspace)
    let likelihood = Likelihood(model, data: model.data)
    #expect(deviation(likelihood.negativeLogLikelihood(model.inits), 10.964457925143908) < 1e-13)
    let point = [0.6, -1.4, 1.02, 1.3, 0.9, 1.2, 0.8, 1.05, 0.95]
    #expect(deviation(likelihood.negativeLogLikelihood(point), 15.743461121879477) < 1e-13)
    let expected = model.expectedData(point)
    for (a, b) in zip(expected.main, [79.21039781178179, 33.72969074469239, 18.722738005038575]) {
      #expect(deviation(a, b) < 1e-14)
    }
    for (a, b) in zip(expected.auxiliary, [0.6, -1.4, 1.02, 19.2, 3.2, 1.05, 0.95]) {
      #expect(deviation(a, b) < 1e-14)
    }
  }

  @Test func givenWidthsDoNotFollowYields() throws {
    // stat_SR has its widths from the measurement: only fakes' shapesys follows a yield.
    let model = try Model(workspace)
    let point = model.inits
    let gradient = Likelihood(model, data: model.data).yieldGradient(point)
    let range = try #require(model.yieldRange(channel: "SR", sample: "top"))
    var yields = model.yields
    let step = 1e-3
    yields[range.lowerBound] += step
    let up = try model.replacing(yields: yields)
    yields[range.lowerBound] -= 2 * step
    let down = try model.replacing(yields: yields)
    let difference =
      (Likelihood(up, data: model.data).negativeLogLikelihood(point)
        - Likelihood(down, data: model.data).negativeLogLikelihood(point)) / (2 * step)
    #expect(deviation(gradient[range.lowerBound], difference, scale: 0.1) < 1e-6)
  }

  @Test func measurementIsChosenByName() throws {
    var two = workspace
    two.measurements.append(
      .init(
        name: "other", poi: "top_free",
        parameters: [
          .init(name: "lumi", inits: [1], bounds: [0.5...1.5], auxiliaryData: [1], sigmas: [0.02])
        ]))
    let other = try Model(two, measurement: "other")
    #expect(other.parameterOfInterest == 4)
    #expect(other.inits[2] == 1 && !other.isFixed[2])
  }
}
