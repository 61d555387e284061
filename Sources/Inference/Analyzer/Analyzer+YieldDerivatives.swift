// SPDX-License-Identifier: Apache-2.0

extension Analyzer {
  func yieldDerivatives(
    of test: AsymptoticTest, observed: ProfiledStatistic, asimov: ProfiledStatistic
  ) throws -> [Double] {
    []
  }
}
