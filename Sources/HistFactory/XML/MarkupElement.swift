// SPDX-License-Identifier: Apache-2.0

/// An element of an XML text.
package struct MarkupElement: Sendable {
  package let name: String
  /// In the order of the text.
  package var attributes: [(name: String, value: String)]
  package var children: [MarkupElement] = []
  /// All text directly inside, put together.
  package var text = ""
  /// The byte its tag starts at.
  package let offset: Int

  /// The value of an attribute.
  package subscript(attribute: String) -> String? {
    attributes.first { $0.name == attribute }?.value
  }

  /// The text without blanks at its ends.
  package var trimmedText: String { text.trimmingBlanks() }

  /// The children of a name.
  package func all(_ name: String) -> [MarkupElement] { children.filter { $0.name == name } }
}

extension String {
  /// Without blanks and line ends at both ends.
  func trimmingBlanks() -> String {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool {
      scalar == " " || scalar == "\n" || scalar == "\r" || scalar == "\t"
    }
    var view = unicodeScalars[...]
    while let first = view.first, isBlank(first) { view.removeFirst() }
    while let last = view.last, isBlank(last) { view.removeLast() }
    return String(view)
  }
}
