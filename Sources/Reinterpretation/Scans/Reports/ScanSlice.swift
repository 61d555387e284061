// SPDX-License-Identifier: Apache-2.0

/// Which part of a scan is drawn or cut out: two axes, or one, and what becomes of the others.
public struct ScanSlice: Sendable, Hashable {
  /// Names of the axes; empty takes those that are neither fixed nor profiled.
  public var axes: [String] = []
  /// Parameter → value.
  public var fixed: [String: Double] = [:]
  /// At each point the most excluded value of these counts.
  public var profiled: [String] = []

  /// The whole of a scan of one or two parameters.
  public init() {}

  /// A slice from its parts.
  public init(axes: [String] = [], fixed: [String: Double] = [:], profiled: [String] = []) {
    (self.axes, self.fixed, self.profiled) = (axes, fixed, profiled)
  }
}
