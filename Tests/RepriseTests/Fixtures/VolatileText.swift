// SPDX-License-Identifier: Apache-2.0

/// Output with what differs from one execution to the next put out of sight.
enum VolatileText {
  /// Durations become TIME, moments become MOMENT, and columns, whose widths follow from them,
  /// stand two blanks apart.
  static func replaced(_ text: String) -> String {
    text
      .replacing(/\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}(\.\d+)?Z?/, with: "MOMENT")
      .replacing(/\b\d+(\.\d+)? m?s\b/, with: "TIME")
      .replacing(#/ {2,}/#, with: "  ")
  }
}
