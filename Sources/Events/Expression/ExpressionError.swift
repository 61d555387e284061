// SPDX-License-Identifier: Apache-2.0

/// An expression that can't be parsed: a sentence and the place in the text.
package struct ExpressionError: Error, Sendable, Hashable {
  /// 0-based offset in characters.
  package let offset: Int
  package let message: String
}
