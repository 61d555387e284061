// SPDX-License-Identifier: Apache-2.0
import Foundation
import Reinterpretation
import Sampling
import Testing

/// Efficiencies from counts, some of them zero.
@Suite struct CountProcessTests {
  /// Expected counts, rounded, of a thousand events with the efficiency exp(−1 − 9 x).
  private static func steep() throws -> GaussianProcess {
    try CountProcess.fit(
      (0...8).map { index in
        let place = Double(index) / 8
        let selected = (1000 * exp(-1 - 9 * place)).rounded()
        return CountProcess.Count(position: [place], selected: selected, size: 1000)
      })
  }

  /// Where many events are the process passes through them.
  @Test(arguments: [0.0, 0.125, 0.25, 0.31]) func followsManyEvents(place: Double) throws {
    let efficiency = exp(try Self.steep().mean(at: [place]))
    let truth = exp(-1 - 9 * place)
    #expect(abs(efficiency / truth - 1) < 0.2, "\(efficiency) for \(truth)")
  }

  /// Points without events pull the efficiency below one over the number of generated ones: half
  /// an event added to each would make it 5e-4 there, eleven times the truth.
  @Test func noEventsMeanLittle() throws {
    let process = try Self.steep()
    let (mean, deviation) = process.prediction(at: [1])
    #expect(exp(mean) < 2.5e-4, "\(exp(mean))")
    // The truth, 4.5e-5, is within two standard deviations.
    #expect(abs(mean + 10) < 2 * deviation, "\(mean) ± \(deviation)")
  }

  /// The mode of a single count with a wide prior is the count itself.
  @Test func oneCountAlone() throws {
    let process = try CountProcess.fit([.init(position: [0.5], selected: 40, size: 100)])
    #expect(abs(exp(process.mean(at: [0.5])) - 0.4) < 0.01)
  }
}
