// SPDX-License-Identifier: Apache-2.0
public import Workflow

/// A result with everything one asks by.
public struct ResultRow: Sendable, Hashable {
  /// Name of the analysis.
  public let analysis: String
  /// Number of its version.
  public let version: Int
  /// Row of the run.
  public let run: Int64
  /// Name of the signal.
  public let signal: String
  /// Parameters of the signal model.
  public let point: [String: Double]
  /// Step that gave it.
  public let step: String
  /// The number itself, with its quantity, subject, sigma and unit.
  public let result: ResultValue
}

/// Which results are asked for: all that is given must hold.
public struct ResultFilter: Sendable, Hashable {
  /// Name of the analysis.
  public var analysis: String?
  /// Number of the version.
  public var version: Int?
  /// Name of the signal.
  public var signal: String?
  /// Row of the run.
  public var run: Int64?
  /// What was computed.
  public var quantity: Quantity?
  /// Step that gave it.
  public var step: String?
  /// A comparison over point parameters and columns, as in `m_sq_gev > 1000 and value < 0.05`.
  ///
  /// Operators: `or and not`, `== != < <= > >=` (which chain), `is null`, `is not null`, `+ - * /`,
  /// parentheses; numbers and quoted text. `point.NAME` is the parameter where a column has the
  /// same name; `scan` is the scan that a run belongs to. It is parsed and never pasted into SQL.
  public var condition: String?

  /// All results.
  public init() {}
}
