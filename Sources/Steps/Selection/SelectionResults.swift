// SPDX-License-Identifier: Apache-2.0
import Events
import Histograms
import Workflow

/// The result rows of a selection.
package struct SelectionResults {
  let values: [ResultValue]

  init(
    _ result: SelectionResult, _ yields: SelectionYields, _ selection: SelectionSpecification
  ) {
    var cuts: [ResultValue] = []
    var missing: [ResultValue] = []
    var seen: Set<String> = []
    for region in result.regions {
      let names = Self.cutNames(of: region.region, in: selection)
      for (name, row) in zip(names, region.cutflow) where seen.insert(name).inserted {
        cuts.append(
          ResultValue(
            .cutflow, subject: name, value: row.sumW, entries: row.entries, sumW: row.sumW,
            sumW2: row.sumW2))
        if row.missing > 0 {
          missing.append(
            ResultValue(.missing_values, subject: name, value: Double(row.missing)))
        }
      }
    }
    let acceptance = yields.regions.map { region in
      let fraction = region.nominal.sumW / yields.total.sumW
      return ResultValue(
        .acceptance_times_efficiency, subject: region.region, value: fraction,
        uncertainty: Self.uncertainty(of: fraction, region.nominal, of: yields.total),
        entries: region.entries, sumW: region.nominal.sumW, sumW2: region.nominal.sumW2)
    }
    let nonFinite = result.nonFinite.sorted { $0.key < $1.key }.filter { $0.value > 0 }.map {
      ResultValue(.nonfinite_values, subject: $0.key, value: Double($0.value))
    }
    values = cuts + acceptance + missing + nonFinite
  }

  /// Names of a region's cutflow rows, each cut under the region that states it: so a cut that
  /// several regions inherit has one name.
  static func cutNames(of region: String, in selection: SelectionSpecification) -> [String] {
    var chain: [SelectionSpecification.Region] = []
    var next: String? = region
    // A compiled selection has no circles; the limit keeps this loop finite without that promise.
    while let name = next, chain.count <= selection.regions.count,
      let found = selection.regions.first(where: { $0.name == name })
    {
      chain.append(found)
      next = found.from
    }
    return ["all"]
      + chain.reversed().flatMap { region in region.cuts.map { "\(region.name)/\($0.name)" } }
  }

  /// Standard deviation of a weighted fraction: √(Σ_sel w²·(1 − 2ε) + ε²·Σ_all w²)/|Σ_all w|, which
  /// is the binomial one for equal weights; √(Σ_sel w²)/|Σ_all w| when Σ_all w² isn't known.
  package static func uncertainty(
    of fraction: Double, _ selected: SelectionYields.Sum, of total: SelectionYields.Sum
  ) -> Double {
    let part = selected.sumW2 ?? 0
    let variance =
      total.sumW2.map { part * (1 - 2 * fraction) + fraction * fraction * $0 } ?? part
    return max(0, variance).squareRoot() / abs(total.sumW)
  }
}
