// SPDX-License-Identifier: Apache-2.0

/// One thing that is wrong in a file, with its place, the path within the file and a sentence.
///
/// It is printed as
/// `analysis.yaml:21:17: steps[2].inputs.signal: 'fill.histo' is not an output of step 'fill' (it has: histogram)`.
public struct Diagnostic: Sendable, Hashable, CustomStringConvertible {
  /// Whether the file can be used all the same.
  public enum Severity: String, Sendable {
    /// The file is refused.
    case error
    /// The file is used; the user should know.
    case warning
  }

  /// Whether the file can be used all the same.
  public let severity: Severity
  /// Where in the structure, as in `steps[2].inputs.signal`; empty for the whole file.
  public let path: String
  /// Where in the text; nil when the problem has no place there.
  public let location: SourceLocation?
  /// The sentence, without place and path.
  public let message: String

  /// A diagnostic from its parts.
  public init(
    _ severity: Severity = .error, path: String, location: SourceLocation?, message: String
  ) {
    self.severity = severity
    self.path = path
    self.location = location
    self.message = message
  }

  /// The whole line: place, path, sentence.
  public var description: String {
    var parts: [String] = []
    if let location { parts.append(location.description) }
    if severity == .warning { parts.append("warning") }
    if !path.isEmpty { parts.append(path) }
    return (parts + [message]).joined(separator: ": ")
  }
}

extension Diagnostic: Comparable {
  /// Order of reading; what has no place comes last, what has the same place is in the order of
  /// path and sentence.
  public static func < (left: Diagnostic, right: Diagnostic) -> Bool {
    switch (left.location, right.location) {
    case (let here?, let there?) where here != there: here < there
    case (_?, nil): true
    case (nil, _?): false
    default: (left.path, left.message) < (right.path, right.message)
    }
  }
}
