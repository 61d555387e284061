// SPDX-License-Identifier: Apache-2.0

/// `{input.NAME}` or `{output.NAME}` in an argument. Other braces are text.
struct CommandPlaceholder: Hashable {
  enum Kind: String { case input, output }

  let kind: Kind
  let name: String
  /// Where it stands in the argument.
  let range: Range<String.Index>

  /// The placeholders of an argument, in order.
  static func all(in argument: String) -> [CommandPlaceholder] {
    var found: [CommandPlaceholder] = []
    var start = argument.startIndex
    while let open = argument[start...].firstIndex(of: "{") {
      start = argument.index(after: open)
      guard let close = argument[start...].firstIndex(of: "}") else { break }
      let parts = argument[start..<close].split(
        separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])) else { continue }
      found.append(
        .init(
          kind: kind, name: String(parts[1]), range: open..<argument.index(after: close)))
      start = argument.index(after: close)
    }
    return found
  }

  /// The argument with its placeholders replaced; one that is the whole argument and stands for
  /// several files becomes as many arguments.
  static func expand(_ argument: String, paths: (CommandPlaceholder) throws -> [String]) throws
    -> [String]
  {
    let placeholders = all(in: argument)
    if let only = placeholders.first, only.range == argument.startIndex..<argument.endIndex {
      return try paths(only)
    }
    var text = argument
    for placeholder in placeholders.reversed() {
      let replacements = try paths(placeholder)
      guard replacements.count == 1, let replacement = replacements.first else {
        throw StepError(
          "'{\(placeholder.kind.rawValue).\(placeholder.name)}' is \(replacements.count) files, so it "
            + "must be an argument of its own, not part of '\(argument)'")
      }
      text.replaceSubrange(placeholder.range, with: replacement)
    }
    return [text]
  }
}
