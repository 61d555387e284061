// SPDX-License-Identifier: Apache-2.0

/// Walks a JSON document and collects what is wrong with it.
///
/// The path to the node in hand is a stack that becomes text only when a problem is told. Used by
/// one task only.
final class ProblemCollector {
  /// More problems than this are counted, not told.
  static let limit = 100

  enum PathPart {
    case key(String)
    case index(Int)
  }

  let document: WorkspaceDocument
  private(set) var problems: [InvalidWorkspace.Problem] = []
  private var untold = 0
  private var path: [PathPart] = []

  init(_ document: WorkspaceDocument) { self.document = document }

  /// Throws if there were problems.
  func finish() throws(InvalidWorkspace) {
    guard !problems.isEmpty else { return }
    let source = document.texts[0].source
    let rest = InvalidWorkspace.Problem(
      source: source, path: "", message: "and \(untold) more problems of this kind or others")
    throw InvalidWorkspace(source: source, problems: problems + (untold > 0 ? [rest] : []))
  }

  /// Does something with the path extended.
  func within<Result>(_ parts: PathPart..., do body: () -> Result) -> Result {
    path.append(contentsOf: parts)
    defer { path.removeLast(parts.count) }
    return body()
  }

  /// The path to the node in hand, as in `channels[1].samples[0]`.
  var currentPath: String {
    path.reduce(into: "") { text, part in
      switch part {
      case .key(let key): text += (text.isEmpty ? "" : ".") + key
      case .index(let index): text += "[\(index)]"
      }
    }
  }

  /// Tells a problem at a node; `element` names one number of an array.
  func report(_ message: String, at place: JSONPlace, element: Int? = nil) {
    report(message, at: place, path: currentPath, element: element)
  }

  /// Tells a problem at a node that was met earlier.
  func report(_ message: String, at place: JSONPlace, path: String, element: Int? = nil) {
    guard problems.count < Self.limit else {
      untold += 1
      return
    }
    let suffix = element.map { "[\($0)]" } ?? ""
    problems.append(
      document.problem(message, path: path + suffix, at: place, element: element))
  }
}

extension ProblemCollector {
  /// The node as an object whose required keys are there and which has no others but the optional
  /// ones; nil after telling that it isn't an object.
  func object(
    _ node: JSONNode, _ thing: String, required: [String], optional: [String] = []
  ) -> JSONNode? {
    guard let members = node.members else {
      report("\(thing) must be an object, but this is \(node.kindName)", at: node.place)
      return nil
    }
    for member in members where !required.contains(member.key) && !optional.contains(member.key) {
      let known = required + optional
      let cure =
        Spelling.nearest(to: member.key, in: known).map { "did you mean '\($0)'?" }
        ?? "it may have: \(known.joined(separator: ", "))"
      report("\(thing) has an unknown key '\(member.key)'; \(cure)", at: member.value.place)
    }
    for key in required where !members.contains(where: { $0.key == key }) {
      report("\(thing) lacks the key '\(key)'", at: node.place)
    }
    return node
  }

  /// The elements of a member that is an array of at least one; empty after telling otherwise.
  func list(_ key: String, of object: JSONNode, mayBeEmpty: Bool = false) -> [JSONNode] {
    guard let node = object[key] else { return [] }
    return within(.key(key)) {
      guard let elements = node.elements else {
        report("'\(key)' must be an array, but this is \(node.kindName)", at: node.place)
        return []
      }
      if elements.isEmpty, !mayBeEmpty {
        report("'\(key)' is empty; it needs at least one element", at: node.place)
      }
      return elements
    }
  }

  /// A member that is text.
  func text(_ key: String, of object: JSONNode) -> String? {
    guard let node = object[key] else { return nil }
    if let text = node.string { return text }
    within(.key(key)) {
      report("'\(key)' must be text, but this is \(node.kindName)", at: node.place)
    }
    return nil
  }

  /// A member that is a number.
  func number(_ key: String, of object: JSONNode) -> Double? {
    guard let node = object[key] else { return nil }
    if let number = node.double { return number }
    within(.key(key)) {
      report("'\(key)' must be a number, but this is \(node.kindName)", at: node.place)
    }
    return nil
  }

  /// A member that is an array of numbers, at least one.
  func numbers(_ key: String, of object: JSONNode) -> [Double]? {
    guard let node = object[key] else { return nil }
    return within(.key(key)) { numbers(node) }
  }

  /// The node in hand as an array of numbers, at least one.
  func numbers(_ node: JSONNode) -> [Double]? {
    if let values = node.doubles {
      if values.isEmpty {
        report("the array is empty; it needs at least one number", at: node.place)
      }
      return values.isEmpty ? nil : values
    }
    guard let elements = node.elements else {
      report("an array of numbers must stand here, but this is \(node.kindName)", at: node.place)
      return nil
    }
    for (index, element) in elements.enumerated() where element.double == nil {
      within(.index(index)) {
        report("a number must stand here, but this is \(element.kindName)", at: element.place)
      }
    }
    return nil
  }
}
