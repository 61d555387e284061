// SPDX-License-Identifier: Apache-2.0

/// JSON put together from a text and the patches applied to it, which knows where each part is from.
struct WorkspaceDocument {
  var root: JSONNode
  /// The first text, then one for each patch: `JSONPlace.source` counts them.
  private(set) var texts: [JSONText]

  init(json bytes: [UInt8], source: String) throws(InvalidWorkspace) {
    let text = JSONText(bytes, source: source)
    do throws(JSONSyntaxError) {
      root = try JSONParser.parse(text)
    } catch {
      throw InvalidWorkspace(error)
    }
    texts = [text]
  }

  /// A document that was put together, of which no text tells where its parts are from.
  init(root: JSONNode, source: String) {
    self.root = root
    texts = [JSONText([], source: source)]
  }

  /// Applies a patch whole or not at all.
  mutating func apply(_ patch: JSONPatch) throws(InvalidWorkspace) {
    guard let source = UInt16(exactly: texts.count) else {
      throw InvalidWorkspace(
        source: patch.text.source,
        problems: [
          .init(source: patch.text.source, path: "", message: "there are too many patches")
        ])
    }
    root = try patch.applied(to: root, source: source)
    texts.append(patch.text)
  }

  /// A problem at a node; `element` names one number of an array of numbers.
  func problem(_ message: String, path: String, at place: JSONPlace, element: Int? = nil)
    -> InvalidWorkspace.Problem
  {
    let text = texts[Int(place.source)]
    guard !text.bytes.isEmpty else {
      return InvalidWorkspace.Problem(source: text.source, path: path, message: message)
    }
    let offset = Int(place.offset)
    let blamed = element.map { text.offset(ofElement: $0, inArrayAt: offset) } ?? offset
    let position = text.lineAndColumn(at: blamed)
    return InvalidWorkspace.Problem(
      source: text.source, path: path, line: position.line, column: position.column,
      message: message)
  }
}
