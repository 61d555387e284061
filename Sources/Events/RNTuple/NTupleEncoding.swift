// SPDX-License-Identifier: Apache-2.0

/// How the elements of a column lie in its pages.
struct NTupleEncoding {
  enum Content {
    case bits
    case number(StoredNumber)
    /// Ends of collections, counted from the cluster's first element.
    case index
    /// float32 whose last bits are left out.
    case truncated
    /// Whole steps within a range.
    case quantized(ClosedRange<Double>)
  }

  let content: Content
  /// Bits of an element.
  let bits: Int
  /// Whether all first bytes of a page come first, then all second ones.
  let isSplit: Bool
  private let isZigzag: Bool
  private let isDelta: Bool

  /// The encoding of a column type (specification 1.0, "Column Description"); nil for one that isn't
  /// a number.
  init?(type: Int, bits: Int, range: ClosedRange<Double>) {
    self.bits = bits
    isSplit = (0x11...0x1B).contains(type)
    isZigzag = [0x11, 0x13, 0x15].contains(type)
    isDelta = type == 0x1A || type == 0x1B
    switch type {
    case 0x00 where bits == 1: content = .bits
    case 0x0E, 0x0F, 0x1A, 0x1B: content = .index
    case 0x1C where (10...31).contains(bits): content = .truncated
    case 0x1D where (1...32).contains(bits): content = .quantized(range)
    default:
      guard let number = Self.numbers[type] else { return nil }
      content = .number(number)
    }
    let expected: Int? =
      switch content {
      case .number(let number): 8 * number.byteCount
      case .index: type == 0x0E || type == 0x1A ? 32 : 64
      default: nil
      }
    if let expected, expected != bits { return nil }
  }

  private static let numbers: [Int: StoredNumber] = [
    0x01: .uint8, 0x02: .int8, 0x03: .int8, 0x04: .uint8, 0x05: .int16, 0x06: .uint16,
    0x07: .int32, 0x08: .uint32, 0x09: .int64, 0x0A: .uint64, 0x0B: .float16, 0x0C: .float32,
    0x0D: .float64, 0x11: .int16, 0x12: .uint16, 0x13: .int32, 0x14: .uint32, 0x15: .int64,
    0x16: .uint64, 0x17: .float16, 0x18: .float32, 0x19: .float64,
  ]

  /// What the elements are once decoded; indices are whole numbers of 64 bits.
  var number: StoredNumber {
    switch content {
    case .bits: .boolean
    case .number(let number): number
    case .index: .int64
    case .truncated: .float32
    case .quantized: .float64
    }
  }

  /// Bytes of a page of some elements, uncompressed.
  func pageBytes(_ count: Int) -> Int { (count * bits + 7) / 8 }

  /// The elements of a page as little-endian numbers of `number`, one behind the other.
  func decoded(_ page: [UInt8], count: Int) -> [UInt8] {
    switch content {
    case .bits:
      return (0..<count).map { page[$0 >> 3] >> UInt8($0 & 7) & 1 }
    case .truncated:
      return bytes(count) {
        UInt32(truncatingIfNeeded: Self.element($0, bits, page)) << (32 - bits)
      }
    case .quantized(let range):
      let step = (range.upperBound - range.lowerBound) / Double(UInt64(1) << UInt64(bits) - 1)
      return bytes(count) { index in
        (range.lowerBound + Double(Self.element(index, bits, page)) * step).bitPattern
      }
    case .index, .number:
      return whole(page, count)
    }
  }

  private func whole(_ page: [UInt8], _ count: Int) -> [UInt8] {
    let width = bits / 8
    var plain = page
    if isSplit, width > 1 {
      for index in 0..<count {
        for byte in 0..<width { plain[index * width + byte] = page[byte * count + index] }
      }
    }
    if isZigzag {
      switch width {
      case 2: Self.unzigzag(&plain, count, Int16.self)
      case 4: Self.unzigzag(&plain, count, Int32.self)
      default: Self.unzigzag(&plain, count, Int64.self)
      }
    }
    guard case .index = content else { return plain }
    var previous: UInt64 = 0
    return bytes(count) { index in
      let stored: UInt64 =
        width == 4
        ? UInt64(Self.load(plain, index, UInt32.self)) : Self.load(plain, index, UInt64.self)
      previous = isDelta ? previous &+ stored : stored
      return previous
    }
  }

  private static func load<Integer: FixedWidthInteger>(
    _ bytes: [UInt8], _ index: Int, _: Integer.Type
  ) -> Integer {
    bytes.withUnsafeBytes {
      Integer(
        littleEndian: $0.loadUnaligned(
          fromByteOffset: index * MemoryLayout<Integer>.size, as: Integer.self))
    }
  }

  private static func unzigzag<Integer: FixedWidthInteger & SignedInteger>(
    _ bytes: inout [UInt8], _ count: Int, _: Integer.Type
  ) {
    bytes.withUnsafeMutableBytes { raw in
      for index in 0..<count {
        let place = index * MemoryLayout<Integer>.size
        let stored = Integer(
          littleEndian: raw.loadUnaligned(fromByteOffset: place, as: Integer.self))
        // The sign is the last bit; the others shift in as if there were none.
        let half = (stored >> 1) & Integer.max
        raw.storeBytes(
          of: (half ^ -(stored & 1)).littleEndian, toByteOffset: place, as: Integer.self)
      }
    }
  }

  /// Element of some bits, first bits first.
  private static func element(_ index: Int, _ bits: Int, _ page: [UInt8]) -> UInt64 {
    var value: UInt64 = 0
    var position = index * bits
    var filled = 0
    while filled < bits {
      let part = min(8 - position & 7, bits - filled)
      let mask = UInt64(1) << UInt64(part) - 1
      value |= (UInt64(page[position >> 3]) >> UInt64(position & 7) & mask) << UInt64(filled)
      filled += part
      position += part
    }
    return value
  }

  private func bytes<Integer: FixedWidthInteger>(_ count: Int, _ value: (Int) -> Integer) -> [UInt8]
  {
    let size = MemoryLayout<Integer>.size
    var result = [UInt8](repeating: 0, count: count * size)
    result.withUnsafeMutableBytes { raw in
      for index in 0..<count {
        raw.storeBytes(
          of: value(index).littleEndian, toByteOffset: index * size, as: Integer.self)
      }
    }
    return result
  }
}
