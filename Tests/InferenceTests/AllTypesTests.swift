// SPDX-License-Identifier: Apache-2.0
import Foundation
import HistFactory
import Inference
import Testing

/// One workspace with all modifier types against iminuit, number by number.
@Suite(.enabled(if: SharedData.isExpected, SharedData.comment))
struct AllTypesTests {
  typealias Reference = AllTypesReference

  private static func model() throws -> Model {
    try Model(SharedData.workspace("gen_alltypes.json"))
  }

  @Test("Uncertainties and correlations")
  func covariance() throws {
    let analyzer = try Analyzer(Self.model())
    let fit = try analyzer.fit()
    let covariance = try #require(try analyzer.covariance(at: fit))
    for (found, expected) in zip(covariance.uncertainties, Reference.uncertainties) {
      #expect(abs(found / expected - 1) < 1e-3)
    }
    try #require(covariance.correlations.count == Reference.correlations.count)
    for (found, expected) in zip(covariance.correlations, Reference.correlations) {
      #expect(abs(found - expected) < 1e-3)
    }
  }

  @Test("MINOS intervals of every parameter")
  func intervals() throws {
    let model = try Self.model()
    let analyzer = try Analyzer(model)
    let fit = try analyzer.fit()
    #expect(model.parameterNames == Reference.names)
    for i in Reference.names.indices {
      let interval = try analyzer.interval(of: i, around: fit)
      let lower = try #require(interval.lowerUncertainty)
      let upper = try #require(interval.upperUncertainty)
      // The reference's best fit is off by up to 1e-4 of an uncertainty.
      #expect(abs(lower / Reference.lowerUncertainties[i] - 1) < 2e-3)
      #expect(abs(upper / Reference.upperUncertainties[i] - 1) < 2e-3)
    }
  }

  @Test("Goodness of fit by the saturated model")
  func goodnessOfFit() throws {
    let analyzer = try Analyzer(Self.model())
    let goodness = try analyzer.goodnessOfFit(analyzer.fit())
    #expect(abs(goodness.chiSquared - Reference.chiSquared) < 1e-5)
    #expect(goodness.degreesOfFreedom == Reference.degreesOfFreedom)
    #expect(abs((goodness.pValue ?? .nan) - Reference.pValue) < 1e-6)
  }

  @Test("The scan of the signal strength")
  func scan() throws {
    let model = try Self.model()
    let poi = try #require(model.parameterOfInterest)
    let values = Reference.scan.keys.sorted()
    let scan = try Analyzer(model).scan(of: poi, at: values)
    #expect(scan.points.map(\.value) == values)
    for point in scan.points {
      #expect(abs((point.rise ?? .nan) - (Reference.scan[point.value] ?? .nan)) < 1e-5)
    }
  }

  @Test("Ranking, whatever the number of tasks", arguments: [1, 3])
  func ranking(width: Int) async throws {
    let ranking = try await Ranking(Self.model(), width: width)
    #expect(ranking.rows.count == Reference.impacts.count && ranking.failures.isEmpty)
    for row in ranking.rows {
      let expected = try #require(Reference.impacts[row.parameter])
      let found = [row.postfit.up, row.postfit.down, row.prefit?.up, row.prefit?.down]
      for (found, expected) in zip(found, expected) {
        #expect((found == nil) == expected.isNaN)
        guard let found else { continue }
        #expect(abs(found - expected) < 1e-3 * max(abs(expected), 0.1))
      }
      #expect((row.pull == nil) == expected[2].isNaN)
    }
    let sizes = ranking.rows.map(\.postfit.size)
    #expect(sizes == sizes.sorted(by: >))
  }

  private func compare(
    _ prediction: YieldPrediction, _ yields: [Double], _ uncertainties: [Double],
    _ totals: [String: [Double]], _ samples: [String: [Double]]
  ) throws {
    let bins = prediction.channels.flatMap(\.bins)
    try #require(bins.count == yields.count)
    for (bin, (value, uncertainty)) in zip(bins, zip(yields, uncertainties)) {
      #expect(abs(bin.value / value - 1) < 1e-4)
      #expect(abs(bin.uncertainty / uncertainty - 1) < 1e-3)
    }
    var first = 0
    for channel in prediction.channels {
      let expected = try #require(totals[channel.name])
      #expect(abs(channel.total.value / expected[0] - 1) < 1e-4)
      #expect(abs(channel.total.uncertainty / expected[1] - 1) < 1e-3)
      for sample in channel.samples {
        let all = try #require(samples[sample.name])
        for (bin, expected) in zip(sample.bins, all[first..<first + channel.bins.count]) {
          #expect(abs(bin.uncertainty - expected) < 1e-3 * expected + 1e-4)
        }
      }
      first += channel.bins.count
    }
  }

  @Test("Yields before the fit")
  func prefit() throws {
    try compare(
      Analyzer(Self.model()).prefitPrediction(), Reference.prefitYields,
      Reference.prefitUncertainties, Reference.prefitTotals, Reference.prefitSamples)
  }

  @Test("Yields after the fit")
  func postfit() throws {
    let analyzer = try Analyzer(Self.model())
    let fit = try analyzer.fit()
    let covariance = try #require(try analyzer.covariance(at: fit))
    try compare(
      analyzer.prediction(at: fit, covariance: covariance), Reference.postfitYields,
      Reference.postfitUncertainties, Reference.postfitTotals, Reference.postfitSamples)
  }
}
