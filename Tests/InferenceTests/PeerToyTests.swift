// SPDX-License-Identifier: Apache-2.0
import HistFactory
import Inference
import Testing

/// Toys of `workspaces/gen_alltypes.json` (drawn by `ToyGenerator`; main data, then auxiliary) with q̃
/// at mu = 1 by pyhf 0.7.6, numpy backend, minuit with strategy 1 and tolerance 1e-3.
@Suite(.enabled(if: SharedData.isExpected, SharedData.comment))
struct PeerToyTests {
  struct Toy: Sendable {
    let data: [Double], statistic: Double
  }

  static let toys = [
    Toy(
      data: [
        227, 162, 34, 33, 21, 7, 76, 60, 37, 12, -1.2117771666639372, 0.9998714023567334,
        -0.21505915609757542, 97, 72, 64, 14, 0.9926282348263236, 0.9783898321246655,
        0.9987791198451144, 1.0331884413130006, 0.9345199738995521, 1.0394587863260953,
      ], statistic: 0.9866791254),
    Toy(
      data: [
        252, 177, 32, 20, 25, 10, 87, 56, 44, 15, -1.142457225308792, 0.9988091730600257,
        -0.8355381063647064, 98, 83, 47, 18, 0.9831488640845176, 1.003916875497784,
        0.9874538364933724, 0.9166599958152706, 1.031969233990836, 0.9929713698570508,
      ], statistic: 0.1178732726),
    Toy(
      data: [
        233, 173, 30, 19, 16, 10, 69, 66, 34, 20, -1.1954483070097586, 1.0312658970810948,
        -2.2474261346816107, 112, 74, 70, 20, 1.0186361746867205, 1.009301132343947,
        0.9375563741933152, 0.9740618596131292, 0.9545631066533903, 1.035207304688698,
      ], statistic: 9.738455731e-08),
    Toy(
      data: [
        268, 137, 34, 27, 11, 8, 69, 47, 40, 20, 0.27869029278198154, 1.0055726271181922,
        0.7665890439175644, 87, 97, 63, 34, 0.9965197864255417, 0.988072669005711,
        1.004991523157625, 0.9961662559276402, 1.0052663915311324, 0.9740505666315393,
      ], statistic: 0.5093959525),
    Toy(
      data: [
        233, 166, 34, 33, 17, 16, 61, 59, 34, 13, -0.27085784219218595, 0.974430305541189,
        0.01580256716651931, 83, 79, 54, 28, 0.9973532517230177, 0.9914916674457075,
        0.9654542920278587, 0.9984805469568403, 1.0595293787516877, 0.9083080040345393,
      ], statistic: 2.758661702),
    Toy(
      data: [
        258, 181, 32, 20, 26, 10, 86, 52, 37, 12, -1.3575138515956617, 1.000046988697522,
        -0.7543375557215692, 98, 83, 48, 19, 0.9802562815893486, 1.0011863232535008,
        0.9891649483704511, 0.9241505799163516, 1.0517612129102107, 1.0167525128056945,
      ], statistic: 3.60119583),
    Toy(
      data: [
        239, 177, 30, 19, 17, 11, 68, 62, 28, 17, -1.4105049332966284, 1.0325037127185912,
        -2.1662255840384734, 113, 75, 58, 32, 0.9815600983396526, 1.0201004012921442,
        1.0184435606785343, 0.9302315393699169, 0.9888869119741149, 0.9436656628956872,
      ], statistic: 2.124672355),
    Toy(
      data: [
        275, 141, 34, 28, 12, 9, 68, 43, 33, 17, 0.06363366649511171, 1.0068104427556885,
        0.8477895945607016, 87, 98, 64, 34, 0.9936272039303727, 0.9853421167614276,
        1.0067026350347037, 1.0036568400287211, 1.0250583704505072, 0.9978317095801829,
      ], statistic: 5.359630693),
  ]

  @Test("A toy's test statistic", arguments: 0..<8)
  func statistic(index: Int) throws {
    let toy = Self.toys[index]
    let model = try Model(SharedData.workspace("gen_alltypes.json"))
    let bins = model.data.main.count
    let data = ModelData(main: Array(toy.data[..<bins]), auxiliary: Array(toy.data[bins...]))
    let found = try Analyzer(model, data: data).statistic(.qTilde, mu: 1)
    #expect(abs(found - toy.statistic) < 2e-5)
  }

  /// The calculator's fits start elsewhere and are shorter than an analyzer's.
  @Test(
    "A calculator's test statistics are those of its toys", arguments: ProfileStatistic.allCases)
  func calculator(statistic: ProfileStatistic) async throws {
    let model = try Model(SharedData.workspace("gen_alltypes.json"))
    let poi = try #require(model.parameterOfInterest)
    let calculator = try ToyCalculator(model, mu: 1.2, statistic: statistic, seed: 21)
    let tally = try await calculator.run(calculator.start(), toys: 0..<15)
    let analyzer = try Analyzer(model)
    for (sample, mu, seed) in [
      (tally.tested, tally.plan.mu, UInt64(42)), (tally.alternative, tally.plan.alternativeMu, 43),
    ] {
      let point = try analyzer.fit(fixing: [poi: mu]).bestFit
      let generator = ToyGenerator(model, parameters: point, seed: seed)
      for (number, found) in zip(sample.numbers, sample.statistics) {
        let toy = try Analyzer(model, data: generator.data(number))
        #expect(abs(try toy.statistic(statistic, mu: tally.plan.mu) - found) < 1e-5)
      }
    }
  }
}
