// SPDX-License-Identifier: Apache-2.0

/// A word of an expression.
struct Token: Equatable {
  enum Kind: Equatable {
    case integer(Int64)
    case real(Double)
    case name(String)
    /// An operator, a bracket, a separator or one of the words `and or not`.
    case symbol(String)
    case end
  }
  let kind: Kind
  /// 0-based offset of its first character.
  let offset: Int

  /// The token as a person would name it in a sentence.
  var spelling: String {
    switch kind {
    case .integer(let value): "'\(value)'"
    case .real(let value): "'\(value)'"
    case .name(let name): "'\(name)'"
    case .symbol(let symbol): "'\(symbol)'"
    case .end: "the end"
    }
  }
}
