// SPDX-License-Identifier: Apache-2.0

/// log of the expected CLs from qμ of the background's Asimov data (arXiv:1007.1727 eq. 89):
/// log Φ(−√q + N) − log Φ(N) for a background that fluctuates by N standard deviations.
///
/// A finite number with a useful slope also where CLs underflows, which makes it a better loss than
/// CLs itself. 0 with slope 0 for q ≤ 0 and N = 0.
///
/// - Parameters:
///   - q: of the Asimov data [1].
///   - sigmas: N; 0 for the median.
public func expectedLogCLs(_ q: Variable, sigmas: Double = 0) -> Variable {
  logNormalCDF(sigmas - rootOfStatistic(q)) - logNormalCDF(q.constant([sigmas]))
}
