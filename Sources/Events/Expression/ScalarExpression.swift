// SPDX-License-Identifier: Apache-2.0

/// An expression over named numbers, without events: `m_lsp_gev + 100 < m_sq_gev`.
///
/// It is checked and compiled once, by the compiler of selections, so that operators, functions,
/// types and complaints are those of the expression language. What needs a collection finds none.
/// Then it is evaluated in tens of nanoseconds without allocation, from any number of threads.
///
/// ```swift
/// let constraint = try ScalarExpression("lsp + 100 < sq", names: ["sq", "lsp"], as: .condition)
/// constraint.isTrue([1400, 300])  // true
/// ```
///
/// Nothing is ever missing here: `x ?? y` is `x`. NaN compares false (`!=` true), x/0 is IEEE.
/// Integers come from literals only; those that could leave 64 bits, or be divided by zero with
/// `%`, are refused when the expression is made, whatever the numbers turn out to be.
public struct ScalarExpression: Sendable {
  /// What an expression yields.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// A truth value.
    case condition
    /// A number.
    case number
  }

  /// As it was given.
  public let text: String
  /// The names it may use, in the order in which their numbers are given.
  public let names: [String]
  /// What it yields.
  public let kind: Kind
  private let program: ScalarProgram

  /// Checks and compiles a text.
  ///
  /// - Parameters:
  ///   - text: at most 10 000 characters, nested at most 100 deep.
  ///   - names: letters, digits and `_`, each once; none of the language's own words.
  ///   - wanted: what it must yield; nil takes either.
  /// - Throws: everything that is wrong with it.
  public init(_ text: String, names: [String], as wanted: Kind? = nil) throws(InvalidExpression) {
    let complaints = Self.complaints(about: names)
    guard complaints.isEmpty else { throw InvalidExpression(text: text, problems: complaints) }
    let compiler = SelectionCompiler(
      SelectionSpecification(), columns: names.map { ColumnDeclaration(name: $0, type: .real) })
    let needed: ExpressionLowering.Wanted =
      switch wanted {
      case .condition: .condition
      case .number: .number
      case nil: .scalar
      }
    guard let root = compiler.lowerScalar(text, path: "", needed), compiler.problems.isEmpty else {
      throw InvalidExpression(text: text, problems: compiler.problems.map { .init($0) })
    }
    do {
      program = try ScalarProgram(compiler.graph, root: root, names: names)
    } catch {
      throw InvalidExpression(text: text, problems: [error])
    }
    self.text = text
    self.names = names
    kind = compiler.graph[root].type == .boolean ? .condition : .number
  }

  /// The number for these values of the names; 1 or 0 for a condition.
  ///
  /// - Parameter numbers: one per name, in the order of `names`; one that is left out is NaN.
  public func value(_ numbers: [Double]) -> Double { program.value(numbers) }

  /// Whether a condition holds, or a number is neither 0 nor NaN.
  ///
  /// - Parameter numbers: as for `value`.
  public func isTrue(_ numbers: [Double]) -> Bool {
    let value = program.value(numbers)
    return value != 0 && !value.isNaN
  }

  private static func complaints(about names: [String]) -> [InvalidExpression.Problem] {
    var seen: Set<String> = []
    return names.compactMap { name in
      let message: String? =
        if !seen.insert(name).inserted {
          "the name '\(name)' is given twice"
        } else {
          Definitions.complaint(aboutWord: name)
        }
      return message.map { InvalidExpression.Problem(offset: nil, message: $0) }
    }
  }
}

/// An expression that can't be compiled, with all its problems.
public struct InvalidExpression: Error, Sendable, Hashable, CustomStringConvertible {
  /// One thing wrong with it.
  public struct Problem: Error, Sendable, Hashable {
    /// 0-based character offset in the text, if a place is to blame.
    public let offset: Int?
    /// The sentence.
    public let message: String

    init(offset: Int?, message: String) {
      self.offset = offset
      self.message = message
    }

    init(_ problem: SelectionProblem) {
      self.init(offset: problem.offset, message: problem.message)
    }
  }

  /// The expression.
  public let text: String
  /// All of them, never empty.
  public let problems: [Problem]

  /// One line per problem: `'m_lps < 5', character 1: there is no 'm_lps'; did you mean …`.
  public var description: String {
    let shown = text.count > 80 ? "\(text.prefix(80))…" : text
    return problems.map { problem in
      let place = problem.offset.map { ", character \($0 + 1)" } ?? ""
      return "'\(shown)'\(place): \(problem.message)"
    }.joined(separator: "\n")
  }
}
