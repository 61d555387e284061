// SPDX-License-Identifier: Apache-2.0
import Foundation
package import Preservation
package import Workflow

extension ScanStop {
  /// Which rule holds, in a sentence; nil when the scan should go on.
  ///
  /// - Parameters:
  ///   - rounds: the assessments, in order.
  ///   - answered: points with a result and failed ones.
  ///   - seconds: since the scan was started or resumed.
  ///   - learns: whether the accuracy rule applies; a grid or a list goes to its end.
  package func reason(rounds: [ScanRoundRow], answered: Int, seconds: Double, learns: Bool)
    -> String?
  {
    if learns, isConverged(rounds), let last = rounds.last {
      return
        "predicted misclassified area \(percent(last.misclassified ?? 0)) <= "
        + "\(percent(misclassified)) and contour shift \(percent(last.shift ?? 0)) <= "
        + "\(percent(contourShift)) for \(patience) \(patience == 1 ? "round" : "rounds")"
    }
    if answered >= evaluations { return "\(answered) evaluations, the most that stop allows" }
    if let wallTime, seconds >= wallTime {
      return "\(Int(seconds)) s of wall time, more than stop allows (\(wallTime) s)"
    }
    return nil
  }

  private func isConverged(_ rounds: [ScanRoundRow]) -> Bool {
    rounds.count >= patience
      && rounds.suffix(patience).allSatisfy { round in
        guard let area = round.misclassified, let shift = round.shift else { return false }
        return area <= misclassified && shift <= contourShift
      }
  }

  private func percent(_ share: Double) -> String { String(format: "%.2f %%", 100 * share) }
}
