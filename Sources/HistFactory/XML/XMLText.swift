// SPDX-License-Identifier: Apache-2.0

/// An element to be written as XML.
struct XMLText {
  private let name: String
  private let attributes: [(String, String)]
  private let text: String
  private let children: [XMLText]

  init(
    _ name: String, _ attributes: [(String, String)] = [], text: String = "",
    children: [XMLText] = []
  ) {
    self.name = name
    self.attributes = attributes
    self.text = text
    self.children = children
  }

  /// A file of HistFactory's document type.
  func document(type: String) -> String {
    "<!DOCTYPE \(type) SYSTEM 'HistFactorySchema.dtd'>\n\n" + lines("").joined(separator: "\n")
      + "\n"
  }

  private func lines(_ indentation: String) -> [String] {
    let tag =
      name + attributes.map { " \($0.0)=\"\(Self.escaped($0.1))\"" }.joined()
    if children.isEmpty {
      return [
        indentation
          + (text.isEmpty ? "<\(tag) />" : "<\(tag)>\(Self.escaped(text))</\(name)>")
      ]
    }
    return ["\(indentation)<\(tag)>"] + children.flatMap { $0.lines(indentation + "  ") }
      + ["\(indentation)</\(name)>"]
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
  }
}
