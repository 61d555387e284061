// SPDX-License-Identifier: Apache-2.0

/// Puts big-endian values one after the other, as ROOT's buffers have them.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put<Integer: FixedWidthInteger>(_ value: Integer) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func put(_ value: Double) { put(value.bitPattern) }

  mutating func put(_ value: Float) { put(value.bitPattern) }

  /// Bytes as they are.
  mutating func put(raw: [UInt8]) { bytes += raw }

  /// TString: a length of one byte, or 255 and four bytes.
  mutating func put(_ text: String) {
    let text = Array(text.utf8)
    if text.count < 255 {
      put(UInt8(text.count))
    } else {
      put(UInt8(255))
      put(Int32(text.count))
    }
    bytes += text
  }

  /// TArrayD.
  mutating func put(_ values: [Double]) {
    put(Int32(values.count))
    for value in values { put(value) }
  }

  /// An object with its length and version.
  mutating func object(version: Int16, _ body: (inout ByteWriter) -> Void) {
    var content = ByteWriter()
    content.put(version)
    body(&content)
    put(UInt32(content.bytes.count) | 0x4000_0000)
    bytes += content.bytes
  }

  /// TNamed.
  mutating func named(_ name: String, title: String = "") {
    object(version: 1) { named in
      named.rootObject()
      named.put(name)
      named.put(title)
    }
  }

  /// TObject: of no process, on the heap and not deleted.
  mutating func rootObject() {
    put(Int16(1))
    put(UInt32(0))
    put(UInt32(0x0300_0000))
  }
}
