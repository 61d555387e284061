// SPDX-License-Identifier: Apache-2.0

/// `{PARAMETER}`, `{seed}`, `{file.PATH}` or `{output.NAME}` in an argument of a generator. Other
/// braces are text.
struct GeneratorPlaceholder: Hashable {
  enum Kind: Hashable {
    case parameter(String), seed, file(String), output(String)
    /// What only a step of an analysis can have.
    case input(String)
  }

  let kind: Kind
  /// Where it stands in the argument.
  let range: Range<String.Index>

  /// The placeholders of an argument, in order.
  static func all(in argument: String) -> [GeneratorPlaceholder] {
    var found: [GeneratorPlaceholder] = []
    var start = argument.startIndex
    while let open = argument[start...].firstIndex(of: "{") {
      start = argument.index(after: open)
      guard let close = argument[start...].firstIndex(of: "}") else { break }
      guard let kind = kind(String(argument[start..<close])) else { continue }
      let end = argument.index(after: close)
      found.append(GeneratorPlaceholder(kind: kind, range: open..<end))
      start = end
    }
    return found
  }

  private static func kind(_ text: String) -> Kind? {
    if text == "seed" { return .seed }
    if SpecificationName.identifier.matches(text) { return .parameter(text) }
    guard let dot = text.firstIndex(of: ".") else { return nil }
    let rest = String(text[text.index(after: dot)...])
    switch text[..<dot] {
    case "file": return .file(rest)
    case "output": return .output(rest)
    case "input": return .input(rest)
    default: return nil
    }
  }

  /// The argument with the values of parameters.
  static func fill(_ argument: String, at point: [String: Double]) -> String {
    replacing(argument) { kind in
      guard case .parameter(let name) = kind else { return nil }
      return point[name].map(PointText.number)
    }
  }

  /// The argument as one of a step `command` has it, whose inputs are named by the files' paths.
  static func commandArgument(_ argument: String, seed: UInt64) -> String {
    replacing(argument) { kind in
      switch kind {
      case .seed: String(seed)
      case .file(let path): "{input.\(path)}"
      case .parameter, .output, .input: nil
      }
    }
  }

  private static func replacing(_ argument: String, by text: (Kind) -> String?) -> String {
    var result = argument
    // From the back, so that ranges stay true.
    for placeholder in all(in: argument).reversed() {
      if let text = text(placeholder.kind) { result.replaceSubrange(placeholder.range, with: text) }
    }
    return result
  }
}
