// SPDX-License-Identifier: Apache-2.0
import Foundation

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The elements of a document in its order, by a reader of XML that isn't ours.
final class SVGReader: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    /// Of the element and of those inside of it.
    var text = ""
    /// The same, with ^ where a superscript begins.
    var markedText = ""

    subscript(attribute: String) -> Double? { attributes[attribute].flatMap(Double.init) }
  }

  private(set) var elements: [Element] = []
  private var open: [Int] = []

  init(_ document: String) throws {
    super.init()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = self
    guard parser.parse() else {
      throw parser.parserError ?? CocoaError(.fileReadCorruptFile)
    }
  }

  func elements(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// Lines of text, without those that explain others.
  var texts: [String] { elements("text").map(\.text) }

  /// The points of all outlines of a path, in pixels.
  static func outlines(_ path: String) -> [[(x: Double, y: Double)]] {
    path.split(separator: "M").map { part in
      let numbers = part.split { !"-.0123456789".contains($0) }.compactMap { Double($0) }
      return stride(from: 0, to: numbers.count - 1, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
    }
  }

  // MARK: XMLParserDelegate

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if name == "tspan", let shift = attributes["dy"].flatMap(Double.init), shift < 0 {
      for index in open { elements[index].markedText += "^" }
    }
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes))
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    open.removeLast()
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    for index in open {
      elements[index].text += text
      elements[index].markedText += text
    }
  }
}
