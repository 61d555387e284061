// SPDX-License-Identifier: Apache-2.0

/// The test statistic of an upper limit.
public enum TestStatistic: String, Sendable, Hashable, Codable, CaseIterable {
  /// qμ, arXiv:1007.1727 eq. 14: the best fit may have a negative signal strength, if the
  /// parameter's bounds let it.
  case q
  /// q̃μ, arXiv:1007.1727 eq. 16: best fits with a negative signal strength count as 0. The
  /// parameter's lower bound of 0 makes it so.
  case qTilde = "qtilde"
}
