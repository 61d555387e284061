// SPDX-License-Identifier: Apache-2.0

/// What an attribute of an SVG element may be.
protocol SVGAttribute {
  var attributeText: String { get }
}

extension String: SVGAttribute {
  var attributeText: String { self }
}

extension Double: SVGAttribute {
  var attributeText: String { SVGNumber.text(self) }
}

/// An element of an SVG document: everything in it is escaped when it is written.
struct SVGElement: Sendable {
  private enum Content: Sendable {
    case text(String)
    case element(SVGElement)
  }

  private let name: String
  private var attributes: [(name: String, value: String)]
  private var content: [Content]

  init(_ name: String, _ attributes: KeyValuePairs<String, any SVGAttribute> = [:]) {
    self.name = name
    self.attributes = attributes.map { ($0.key, $0.value.attributeText) }
    content = []
  }

  init(
    _ name: String, _ attributes: KeyValuePairs<String, any SVGAttribute> = [:],
    _ children: [SVGElement]
  ) {
    self.init(name, attributes)
    content = children.map(Content.element)
  }

  /// The value of an attribute that comes after those already there.
  mutating func set(_ attribute: String, _ value: any SVGAttribute) {
    attributes.append((attribute, value.attributeText))
  }

  mutating func add(_ text: String) { content.append(.text(text)) }

  mutating func add(_ child: SVGElement) { content.append(.element(child)) }

  /// Text stays on the line of its element, where spaces count; other children have their own.
  func write(to document: inout String, indent: Int) {
    document += "<\(name)"
    for attribute in attributes {
      document += " \(attribute.name)=\"\(SVGText.escaped(attribute.value))\""
    }
    guard !content.isEmpty else { return document += "/>" }
    document += ">"
    let isInline = name == "text" || name == "tspan" || name == "title"
    for child in content {
      if !isInline { document += "\n" + String(repeating: " ", count: indent + 1) }
      switch child {
      case .text(let text): document += SVGText.escaped(text)
      case .element(let element): element.write(to: &document, indent: indent + 1)
      }
    }
    if !isInline { document += "\n" + String(repeating: " ", count: indent) }
    document += "</\(name)>"
  }
}
