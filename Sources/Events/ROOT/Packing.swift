// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Real numbers stored in fewer bits than their type has: ROOT's Float16_t and Double32_t
/// (TBufferFile::WriteFloat16, WriteDouble32; ranges: TStreamerElement's title).
enum Packing {
  /// A byte with the exponent of a float32, then two with its sign and the mantissa's first bits.
  case truncated(mantissaBits: Int)
  /// Four bytes: how many steps above a minimum.
  case scaled(minimum: Double, stepsPerUnit: Double)

  var byteCount: Int {
    switch self {
    case .truncated: 3
    case .scaled: 4
    }
  }

  /// The number that begins at an offset.
  @inline(__always)
  func value(_ base: UnsafeRawPointer, at offset: Int) -> Double {
    switch self {
    case .truncated(let bits):
      let exponent = UInt32(base.load(fromByteOffset: offset, as: UInt8.self))
      let word = UInt32(
        UInt16(bigEndian: base.loadUnaligned(fromByteOffset: offset + 1, as: UInt16.self)))
      let mantissa = (word & (1 << UInt32(bits + 1) - 1)) << UInt32(23 - bits)
      let magnitude = Double(Float(bitPattern: exponent << 23 | mantissa))
      return word & 1 << UInt32(bits + 1) == 0 ? magnitude : -magnitude
    case .scaled(let minimum, let stepsPerUnit):
      let steps = UInt32(
        bigEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
      return Double(steps) / stepsPerUnit + minimum
    }
  }

  /// How a leaf's title says that its numbers are packed: `name[minimum,maximum,bits]`, behind the
  /// dimensions if there are any; nil when it says nothing.
  ///
  /// - Parameter bits: the mantissa's bits where neither a range nor bits are told; nil for numbers
  ///   that are whole then.
  init?(title: String, defaultBits bits: Int?) throws {
    guard let range = title.firstMatch(of: #/\[([^\]\[]*,[^\]\[]*)\]/#) else {
      guard let bits else { return nil }
      self = .truncated(mantissaBits: bits)
      return
    }
    let parts = range.1.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count <= 3, let minimum = Self.number(parts[0]), let maximum = Self.number(parts[1])
    else { throw FileProblem("has the range '\(range.0)', which isn't understood") }
    let width = parts.count < 3 ? 32 : Int(parts[2].filter { $0 != " " }) ?? 0
    guard (2...32).contains(width) else {
      throw FileProblem("has the range '\(range.0)' of \(width) bits")
    }
    if minimum < maximum {
      let steps = width < 32 ? Double(1 << width) : Double(UInt32.max)
      self = .scaled(minimum: minimum, stepsPerUnit: steps / (maximum - minimum))
    } else if width < 15 {
      self = .truncated(mantissaBits: width)
    } else if let bits {
      self = .truncated(mantissaBits: bits)
    } else {
      return nil
    }
  }

  /// A bound: a number, or a fraction or multiple of pi.
  private static func number(_ text: Substring) -> Double? {
    var text = text.lowercased().filter { $0 != " " }
    if let value = Double(text) { return value }
    let isNegative = text.hasPrefix("-")
    if isNegative { text.removeFirst() }
    let multiples = ["pi": 1, "twopi": 2, "2pi": 2, "2*pi": 2, "pi/2": 0.5, "pi/4": 0.25]
    return multiples[text].map { (isNegative ? -$0 : $0) * Double.pi }
  }
}
