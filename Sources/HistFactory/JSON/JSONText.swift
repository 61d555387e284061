// SPDX-License-Identifier: Apache-2.0

/// The bytes of a JSON file with its name, to tell where something stands.
package struct JSONText: Sendable {
  package let bytes: [UInt8]
  /// The name used in sentences, such as a path.
  package let source: String

  package init(_ bytes: [UInt8], source: String) {
    self.bytes = bytes
    self.source = source
  }

  /// Line and column of a byte, both from 1; columns count Unicode scalars.
  ///
  /// Scans the text from its start, so it is for messages only.
  package func lineAndColumn(at offset: Int) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    for byte in bytes.prefix(offset) {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return (line, column)
  }

  /// The byte at which an element of the flat array of numbers that starts at `offset` stands.
  package func offset(ofElement element: Int, inArrayAt offset: Int) -> Int {
    var position = offset + 1
    var commas = 0
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: ",") {
        commas += 1
      } else if byte > 0x20, commas == element {
        return position
      }
      position += 1
    }
    return offset
  }
}

/// A text that isn't JSON: where, and why.
package struct JSONSyntaxError: Error, Sendable, Hashable, CustomStringConvertible {
  package let source: String
  package let line: Int
  package let column: Int
  package let message: String

  package var description: String { "\(source):\(line):\(column): \(message)" }
}
