// SPDX-License-Identifier: Apache-2.0
import Reinterpretation

/// Derivatives of a result by nominal yields, a row for each bin of a sample; the observed and the
/// median expected ones.
enum DerivativeTable {
  /// Nothing where there are none.
  static func lines(_ quantity: String, _ derivatives: YieldDerivatives?) -> [String] {
    guard let derivatives, derivatives.expected.count == 5 else { return [] }
    let rows = derivatives.observed.sorted { $0.key < $1.key }.flatMap { channel, samples in
      samples.sorted { $0.key < $1.key }.flatMap { sample, bins in
        bins.indices.map { bin in
          [
            channel, sample, "\(bin)", NumberText.of(bins[bin]),
            NumberText.of(derivatives.expected[2][channel]?[sample]?[bin]),
          ]
        }
      }
    }
    return [""]
      + Table(
        [
          .text("channel"), .text("sample"), .number("bin"), .number(quantity),
          .number("\(quantity) expected"),
        ], rows
      ).lines()
  }
}
