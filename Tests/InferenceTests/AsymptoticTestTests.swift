// SPDX-License-Identifier: Apache-2.0
import Foundation
import Inference
import Testing

@Suite struct AsymptoticTestTests {
  @Test("CLs in the plain formula of arXiv:1007.1727, where that can be evaluated")
  func plainFormula() {
    func phi(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }
    for (q, qAsimov) in [(0.0, 1.0), (0.3, 1.2), (1.2, 1.2), (4.0, 2.5), (9, 0.7)] {
      let a = qAsimov.squareRoot()
      let oneSided = AsymptoticTest(q: q, qAsimov: qAsimov, testStatistic: .q)
      #expect(abs(oneSided.logCLsb - log(phi(-q.squareRoot()))) < 1e-12)
      #expect(abs(oneSided.logCLb - log(phi(a - q.squareRoot()))) < 1e-12)
      let tilde = AsymptoticTest(q: q, qAsimov: qAsimov, testStatistic: .qTilde)
      let t = q <= qAsimov ? q.squareRoot() - a : (q - qAsimov) / (2 * a)
      #expect(abs(tilde.logCLs - log(phi(-(t + a)) / phi(-t))) < 1e-12)
    }
  }

  @Test("Derivatives agree with central differences on both branches")
  func derivatives() {
    let step = 1e-6
    for statistic in TestStatistic.allCases {
      for (q, a) in [(0.4, 1.3), (1.25, 1.3), (3.0, 1.3), (700.0, 40), (90, 200)] {
        func at(_ q: Double, _ a: Double) -> Double {
          AsymptoticTest(q: q, qAsimov: a, testStatistic: statistic).logCLs
        }
        let test = AsymptoticTest(q: q, qAsimov: a, testStatistic: statistic)
        let byQ = (at(q * (1 + step), a) - at(q * (1 - step), a)) / (2 * step * q)
        let byA = (at(q, a * (1 + step)) - at(q, a * (1 - step))) / (2 * step * a)
        #expect(abs(test.derivativeQ - byQ) < 1e-7 * max(1, abs(byQ)))
        #expect(abs(test.derivativeQAsimov - byA) < 1e-7 * max(1, abs(byA)))
      }
    }
  }

  @Test("Hopeless hypotheses keep finite logarithms; a signal that changes nothing has CLs = 1")
  func extremes() {
    let hopeless = AsymptoticTest(q: 4e4, qAsimov: 1e4, testStatistic: .qTilde)
    #expect(hopeless.logCLs.isFinite && hopeless.logCLs < -700)
    for statistic in TestStatistic.allCases {
      let nothing = AsymptoticTest(q: 0, qAsimov: 0, testStatistic: statistic)
      #expect(nothing.logCLs == 0 && nothing.derivativeQ.isFinite)
      #expect(AsymptoticTest(q: 1e-13, qAsimov: 0, testStatistic: statistic).logCLs == 0)
    }
  }

  @Test("What is not a number stays none", arguments: TestStatistic.allCases)
  func notANumber(statistic: TestStatistic) {
    for (q, qAsimov) in [(Double.nan, 1.0), (1, .nan), (.infinity, .infinity)] {
      let test = AsymptoticTest(q: q, qAsimov: qAsimov, testStatistic: statistic)
      #expect(test.logCLs.isNaN)
    }
  }

  @Test("The band ascends, its middle is the observed value of the Asimov data")
  func band() {
    for qAsimov in [1e-4, 0.5, 2, 30, 900] {
      let values = Band { AsymptoticTest.expectedLogCLs(qAsimov: qAsimov, sigmas: $0) }.values
      #expect(values == values.sorted() && values[4] <= 0)
      let asimov = AsymptoticTest(q: qAsimov, qAsimov: qAsimov, testStatistic: .qTilde)
      #expect(abs(asimov.logCLs - values[2]) < 1e-14 * max(1, abs(values[2])))
    }
  }

  @Test("√qA of the expected limits inverts the expected CLs", arguments: [0.5, 0.9, 0.95, 0.999])
  func expectedRoots(confidenceLevel: Double) {
    for sigmas in -2...2 {
      let root = AsymptoticTest.rootQAsimov(
        confidenceLevel: confidenceLevel, sigmas: Double(sigmas))
      let logCLs = AsymptoticTest.expectedLogCLs(qAsimov: root * root, sigmas: Double(sigmas))
      #expect(abs(logCLs - log(1 - confidenceLevel)) < 1e-12)
    }
  }
}
