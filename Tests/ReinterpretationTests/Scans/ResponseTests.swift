// SPDX-License-Identifier: Apache-2.0
import Foundation
import Preservation
import Reinterpretation
import Testing
import Workflow

@Suite("Responses of a scan's outputs")
struct ResponseTests {
  private func output(
    _ quantity: Quantity, _ transform: ScanOutput.Transform, level: Double = 0
  ) -> ScanOutput {
    ScanOutput(name: "a", step: "s", quantity: quantity, transform: transform, level: level)
  }

  @Test("the logarithm of a limit has the variance (δ/(μ ln 10))²")
  func logarithm() throws {
    let limit = output(.upper_limit, .log10)
    let response = try limit.response(of: ScanOutputValue(100, uncertainty: 5))
    #expect(abs(response.value - 2) < 1e-15)
    #expect(abs(response.variance - pow(0.05 / log(10), 2)) < 1e-15)
    #expect(abs(limit.result(of: 2) - 100) < 1e-12)
    #expect(limit.isExcluded(-0.01) && !limit.isExcluded(0.01))
  }

  /// Φ⁻¹(0.95) = 1.6448536269514722, Φ⁻¹(0.99) = 2.3263478740408408 (Abramowitz and Stegun,
  /// table 26.5, and any table since).
  @Test("the probit is zero at CLs = 0.05 and kept within ±4")
  func probit() throws {
    let cls = output(.cls, .probit)
    #expect(abs(try cls.response(of: ScanOutputValue(0.05)).value) < 1e-12)
    let one = try cls.response(of: ScanOutputValue(0.01)).value
    #expect(abs(one - (2.3263478740408408 - 1.6448536269514722)) < 1e-12)
    #expect(try cls.response(of: ScanOutputValue(0, uncertainty: 0.1)) == .cut(4))
    #expect(try cls.response(of: ScanOutputValue(1, uncertainty: 0.1)) == .cut(-4))
    #expect(cls.isExcluded(0.1) && !cls.isExcluded(-0.1))
  }

  @Test("results and responses are each other's inverse; variances follow the slope")
  func slopes() throws {
    for (transform, values) in [
      (ScanOutput.Transform.log10, [1e-3, 0.7, 42]), (.probit, [1e-3, 0.04, 0.3, 0.9]),
      (.none, [-3, 0, 5]),
    ] {
      let output = output(.cls, transform)
      for value in values {
        let response = try output.response(of: ScanOutputValue(value, uncertainty: 0.01))
        #expect(abs(output.result(of: response.value) - value) < 1e-12 * max(1, abs(value)))
        let step = 1e-6 * max(abs(value), 1e-3)
        let up = try output.response(of: ScanOutputValue(value + step)).value
        let down = try output.response(of: ScanOutputValue(value - step)).value
        let slope = (up - down) / (2 * step)
        #expect(abs(response.variance.squareRoot() / (abs(slope) * 0.01) - 1) < 1e-5)
      }
    }
  }

  @Test(
    "what has no transform is refused",
    arguments: [
      (ScanOutput.Transform.log10, 0.0), (.log10, -1), (.log10, .nan), (.log10, .infinity),
      (.probit, 1.5), (.probit, -0.1), (.none, .nan),
    ])
  func refusals(_ transform: ScanOutput.Transform, _ value: Double) {
    #expect(throws: Failure.self) {
      try output(.upper_limit, transform).response(of: ScanOutputValue(value))
    }
  }

  @Test("the probability of exclusion is that of a normal distribution")
  func exclusion() {
    let limit = output(.upper_limit, .log10)
    #expect(abs(limit.exclusion(mean: 0, deviation: 1) - 0.5) < 1e-15)
    // Φ(1.6448536…) = 0.95
    #expect(abs(limit.exclusion(mean: -1.6448536269514722, deviation: 1) - 0.95) < 1e-12)
    let cls = output(.cls, .probit)
    #expect(abs(cls.exclusion(mean: 3.2897072539029444, deviation: 2) - 0.95) < 1e-12)
  }
}

extension Response {
  /// A response at the end of the probits' range, whose uncertainty has no meaning.
  fileprivate static func cut(_ value: Double) throws -> Response {
    let cls = ScanOutput(name: "a", step: "s", quantity: .cls, transform: .probit)
    let response = try cls.response(of: ScanOutputValue(value > 0 ? 0 : 1))
    #expect(response.value == value && response.variance == 0)
    return response
  }
}

@Suite("When a scan stops")
struct StopDecisionTests {
  private let stop = ScanStop(
    misclassified: 0.01, contourShift: 0.005, patience: 2, evaluations: 50, wallTime: 60)

  private func rounds(_ values: [(Double?, Double?)]) -> [ScanRoundRow] {
    values.enumerated().map {
      ScanRoundRow(
        round: $0 + 1, evaluations: $0 + 5, misclassified: $1.0, shift: $1.1)
    }
  }

  @Test("both shares must be small for as many rounds as patience asks")
  func converged() {
    let small = (Double?.some(0.009), Double?.some(0.004))
    func reason(_ values: [(Double?, Double?)]) -> String? {
      stop.reason(rounds: rounds(values), answered: 10, seconds: 1, learns: true)
    }
    #expect(reason([small]) == nil)
    #expect(reason([small, (0.02, 0.001)]) == nil)
    #expect(reason([small, (0.001, 0.02)]) == nil)
    #expect(reason([small, (nil, nil)]) == nil)
    #expect(reason([(0.001, nil), small]) == nil)
    #expect(
      reason([(0.5, 0.5), small, small])
        == "predicted misclassified area 0.90 % <= 1.00 % and contour shift 0.40 % <= 0.50 % for "
        + "2 rounds")
    #expect(
      stop.reason(rounds: rounds([small, small]), answered: 10, seconds: 1, learns: false) == nil)
  }

  @Test("budgets end a scan")
  func budgets() {
    #expect(stop.reason(rounds: [], answered: 49, seconds: 59, learns: true) == nil)
    #expect(
      stop.reason(rounds: [], answered: 50, seconds: 0, learns: true)
        == "50 evaluations, the most that stop allows")
    #expect(
      stop.reason(rounds: [], answered: 0, seconds: 61.5, learns: false)
        == "61 s of wall time, more than stop allows (60.0 s)")
  }
}
