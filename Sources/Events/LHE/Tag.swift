// SPDX-License-Identifier: Apache-2.0

/// A tag of a line of a Les Houches file, as in `<wgt id='1001'> 0.5 </wgt>`, and the text up to the
/// next one. The file is no XML document in general (cards and comments are written into it), so
/// only the tags that are looked for are understood.
struct Tag {
  /// With the slash of a closing one: "wgt", "/wgt".
  let name: UnsafeRawBufferPointer
  private let attributes: UnsafeRawBufferPointer
  /// What stands between this tag and the next, or the line's end.
  let content: UnsafeRawBufferPointer

  /// The tags of a line, in order.
  static func all(in line: UnsafeRawBufferPointer) -> [Tag] {
    var tags: [Tag] = []
    var position = line.firstIndex(of: open)
    while let start = position {
      guard let end = line[start...].firstIndex(of: close) else { break }
      position = line[end...].firstIndex(of: open)
      let inside = UnsafeRawBufferPointer(rebasing: line[start + 1..<end])
      let border = inside.firstIndex(where: Words.isBlank) ?? inside.count
      tags.append(
        Tag(
          name: UnsafeRawBufferPointer(rebasing: inside[..<border]),
          attributes: UnsafeRawBufferPointer(rebasing: inside[border...]),
          content: UnsafeRawBufferPointer(rebasing: line[end + 1..<(position ?? line.count)])))
    }
    return tags
  }

  private static let open = UInt8(ascii: "<")
  private static let close = UInt8(ascii: ">")

  /// The value of an attribute, without its quotes and the blanks in them.
  func attribute(_ wanted: StaticString) -> String? {
    var position = 0
    while let equal = attributes[position...].firstIndex(of: UInt8(ascii: "=")) {
      let key = UnsafeRawBufferPointer(rebasing: attributes[position..<equal]).trimmed
      var start = equal + 1
      while start < attributes.count, Words.isBlank(attributes[start]) { start += 1 }
      guard start < attributes.count,
        attributes[start] == UInt8(ascii: "\"") || attributes[start] == UInt8(ascii: "'"),
        let end = attributes[(start + 1)...].firstIndex(of: attributes[start])
      else { return nil }
      if key.equals(wanted) {
        let value = UnsafeRawBufferPointer(rebasing: attributes[start + 1..<end]).trimmed
        return String(decoding: value, as: UTF8.self)
      }
      position = end + 1
    }
    return nil
  }
}
