// SPDX-License-Identifier: Apache-2.0

/// A signal's point: "m_lsp_gev=0 m_sq_gev=1400".
enum PointText {
  static func of(_ point: [String: Double]) -> String {
    point.sorted { $0.key < $1.key }
      .map { "\($0.key)=\(NumberText.of($0.value))" }
      .joined(separator: " ")
  }
}
