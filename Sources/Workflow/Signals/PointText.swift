// SPDX-License-Identifier: Apache-2.0

/// Values of parameters as text.
enum PointText {
  /// The shortest decimal number that is the value: whole numbers without a point.
  static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : value.description
  }

  /// `m_sq_gev = 1400, m_lsp_gev = 0`, sorted by name.
  static func sentence(_ point: [String: Double]) -> String {
    point.sorted { $0.key < $1.key }.map { "\($0.key) = \(number($0.value))" }
      .joined(separator: ", ")
  }
}
