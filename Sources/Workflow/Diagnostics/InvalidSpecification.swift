// SPDX-License-Identifier: Apache-2.0

/// A file that was refused, with everything that is wrong in it.
public struct InvalidSpecification: Error, Sendable, CustomStringConvertible {
  /// All problems, in the order of their places.
  public let diagnostics: [Diagnostic]

  /// A refusal for these reasons, which are put in order.
  public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics.sorted() }

  /// A refusal for one reason.
  init(_ message: String, path: String = "", at location: SourceLocation?) {
    self.init([Diagnostic(path: path, location: location, message: message)])
  }

  /// One line for each problem; a file with hundreds of them is cut short.
  public var description: String {
    let limit = 100
    var lines = diagnostics.prefix(limit).map(\.description)
    if diagnostics.count > limit { lines.append("and \(diagnostics.count - limit) more problems") }
    return lines.joined(separator: "\n")
  }
}
