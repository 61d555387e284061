// SPDX-License-Identifier: Apache-2.0
import Preservation
package import Workflow

/// The result rows of one run, sorted into the records of a report.
package struct StepResults {
  /// Steps in the order of their first row.
  private let order: [String]
  private let rows: [String: [ResultValue]]

  init(_ results: [ResultRow]) {
    self.init(results.map { ($0.step, $0.result) })
  }

  /// - Parameter results: pairs of a step's id and one of its rows, in order.
  package init(_ results: [(step: String, result: ResultValue)]) {
    var order: [String] = []
    var rows: [String: [ResultValue]] = [:]
    for (step, result) in results {
      if rows[step] == nil { order.append(step) }
      rows[step, default: []].append(result)
    }
    self.order = order
    self.rows = rows
  }

  private func values(_ step: String, _ quantity: Quantity) -> [ResultValue] {
    (rows[step] ?? []).filter { $0.quantity == quantity }
  }

  private func value(_ step: String, _ quantity: Quantity) -> ResultValue? {
    values(step, quantity).first
  }

  /// The five values of a band in ascending σ, or nothing when one is missing.
  private func band(_ step: String, _ quantity: Quantity) -> [Double] {
    let band = values(step, quantity).filter { $0.sigma != nil }
      .sorted { ($0.sigma ?? 0) < ($1.sigma ?? 0) }
    return band.count == 5 ? band.map(\.value) : []
  }

  private func steps(with quantities: Quantity...) -> [String] {
    order.filter { step in (rows[step] ?? []).contains { quantities.contains($0.quantity) } }
  }

  /// Tests, given the signal strength each step tests.
  package func tests(mu: (String) -> Double) -> [ReinterpretationReport.Test] {
    steps(with: .cls).map { step in
      let cls = value(step, .cls)
      return .init(
        step: step, mu: mu(step), cls: cls?.value, clsUncertainty: cls?.uncertainty,
        clsExpected: band(step, .cls_expected), muHat: value(step, .mu_hat)?.value)
    }
  }

  /// Upper limits, one record for each step.
  package func limits() -> [ReinterpretationReport.Limit] {
    steps(with: .upper_limit, .cross_section_upper_limit).map { step in
      let bound = { (observed: Quantity, expected: Quantity) in
        self.value(step, observed).map {
          ReinterpretationReport.Bound(
            observed: $0.value, expected: self.band(step, expected))
        }
      }
      return .init(
        step: step, mu: bound(.upper_limit, .upper_limit_expected),
        crossSection: bound(.cross_section_upper_limit, .cross_section_upper_limit_expected),
        unit: value(step, .cross_section_upper_limit)?.unit)
    }
  }

  /// Steps with a minimum and fitted parameters; tests report their own `mu_hat`.
  package func fits() -> [ReinterpretationReport.Fit] {
    steps(with: .best_fit).compactMap { step in
      guard let minimum = value(step, .twice_nll) else { return nil }
      let muHat = value(step, .mu_hat)
      return .init(
        step: step, muHat: muHat?.value, muHatUncertainty: muHat?.uncertainty,
        twiceNLL: minimum.value)
    }
  }

  /// Rows named "REGION/cut", or "cut" for all events, with efficiencies relative to the first row.
  package func cutflow() -> [ReinterpretationReport.CutflowRow] {
    steps(with: .cutflow).flatMap { step in
      let rows = values(step, .cutflow)
      let total = rows.first?.value ?? 0
      return rows.map { row in
        let parts = (row.subject ?? "").split(separator: "/", maxSplits: 1).map(String.init)
        return ReinterpretationReport.CutflowRow(
          step: step, region: parts.count == 2 ? parts[0] : nil, cut: parts.last ?? "",
          entries: row.entries, sumW: row.value,
          efficiency: total == 0 ? nil : row.value / total)
      }
    }
  }

  /// Acceptance times efficiency, region by region.
  package func acceptances() -> [ReinterpretationReport.Acceptance] {
    steps(with: .acceptance_times_efficiency).flatMap { step in
      values(step, .acceptance_times_efficiency).map {
        .init(
          step: step, region: $0.subject ?? "", value: $0.value, uncertainty: $0.uncertainty,
          entries: $0.entries)
      }
    }
  }

  /// Signal yields by channel, bins added up.
  package func regions(counts: [String: ChannelCount]) -> [ReinterpretationReport.Region] {
    steps(with: .yield).flatMap { step in
      var order: [String] = []
      var groups: [String: [ResultValue]] = [:]
      for row in values(step, .yield) {
        let channel = Self.channel(of: row.subject ?? "")
        if groups[channel] == nil { order.append(channel) }
        groups[channel, default: []].append(row)
      }
      return order.map { channel in
        Self.region(channel, groups[channel] ?? [], counts[channel])
      }
    }
  }

  /// "SR[2]" is the third bin of "SR".
  private static func channel(of subject: String) -> String {
    guard subject.hasSuffix("]"), let bracket = subject.lastIndex(of: "["),
      Int(subject[subject.index(after: bracket)...].dropLast()) != nil
    else { return subject }
    return String(subject[..<bracket])
  }

  private static func region(
    _ name: String, _ bins: [ResultValue], _ count: ChannelCount?
  ) -> ReinterpretationReport.Region {
    let uncertainties = bins.compactMap(\.uncertainty)
    let entries = bins.compactMap(\.entries)
    return .init(
      name: name, yield: bins.map(\.value).reduce(0, +),
      uncertainty: uncertainties.count == bins.count
        ? uncertainties.map { $0 * $0 }.reduce(0, +).squareRoot() : nil,
      entries: entries.count == bins.count ? entries.reduce(0, +) : nil,
      observed: count?.observed, background: count?.background)
  }
}
