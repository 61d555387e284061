// SPDX-License-Identifier: Apache-2.0

/// What happens while a plan is executed, for progress lines.
public enum RunEvent: Sendable, Hashable {
  /// A step is executed; reason: why there was no output to use.
  case started(step: String, reason: String)
  /// A step had an output, of before or just made by another process.
  case cached(step: String)
  /// A step was executed in so many seconds of wall time.
  case succeeded(step: String, seconds: Double)
  /// A step was executed without success.
  case failed(step: String, message: String)
}
