// SPDX-License-Identifier: Apache-2.0

/// Values of one column while they are read: bytes in, Swift numbers out.
struct ValueBuffer {
  /// What the bytes hold that come next; of one column type from first to last.
  var number: StoredNumber
  /// Whether a number's lowest byte comes first; in ROOT's records its highest does.
  private let isLittleEndian: Bool
  /// How real numbers are packed, if they are.
  private let packing: Packing?
  private var booleans: [Bool] = []
  private var integers: [Int64] = []
  private var reals: [Double] = []

  init(_ number: StoredNumber, capacity: Int, isLittleEndian: Bool = false) {
    self.number = number
    self.isLittleEndian = isLittleEndian
    packing = nil
    reserve(capacity)
  }

  /// Values of a ROOT branch.
  init(_ item: StoredItem, capacity: Int) {
    number = item.number
    isLittleEndian = false
    packing = item.packing
    reserve(capacity)
  }

  var count: Int {
    switch number.columnType {
    case .boolean: booleans.count
    case .integer: integers.count
    case .real: reals.count
    }
  }

  var isEmpty: Bool { count == 0 }

  /// Makes room for as many values.
  mutating func reserve(_ capacity: Int) {
    switch number.columnType {
    case .boolean: booleans.reserveCapacity(capacity)
    case .integer: integers.reserveCapacity(capacity)
    case .real: reals.reserveCapacity(capacity)
    }
  }

  var values: ColumnValues {
    switch number.columnType {
    case .boolean: .booleans(booleans)
    case .integer: .integers(integers)
    case .real: .reals(reals)
    }
  }

  /// Appends every number in the bytes; a remainder shorter than a number is the caller's mistake
  /// and is left out.
  mutating func append(_ source: UnsafeRawBufferPointer) throws {
    guard let base = source.baseAddress else { return }
    if let packing {
      let size = packing.byteCount
      return reals.extend(by: source.count / size, with: 0) {
        $0.pointee = packing.value(base, at: $1 * size)
      }
    }
    let count = source.count / number.byteCount
    switch number {
    case .boolean:
      booleans.extend(by: count, with: false) {
        $0.pointee = base.load(fromByteOffset: $1, as: UInt8.self) != 0
      }
    case .int8: appendIntegers(base, count, Int8.self)
    case .uint8: appendIntegers(base, count, UInt8.self)
    case .int16: appendIntegers(base, count, Int16.self)
    case .uint16: appendIntegers(base, count, UInt16.self)
    case .int32: appendIntegers(base, count, Int32.self)
    case .uint32: appendIntegers(base, count, UInt32.self)
    case .int64: appendIntegers(base, count, Int64.self)
    case .uint64: try appendWideIntegers(base, count)
    case .float16: appendReals(base, count, UInt16.self) { HalfPrecision.value(of: $0) }
    case .float32: appendReals(base, count, UInt32.self) { Double(Float(bitPattern: $0)) }
    case .float64: appendReals(base, count, UInt64.self) { Double(bitPattern: $0) }
    }
  }

  @inline(__always)
  private mutating func appendReals<Bits: FixedWidthInteger>(
    _ base: UnsafeRawPointer, _ count: Int, _: Bits.Type, _ convert: (Bits) -> Double
  ) {
    if isLittleEndian {
      reals.extend(by: count, with: 0) {
        $0.pointee = convert(Bits(littleEndian: load(base, $1, Bits.self)))
      }
    } else {
      reals.extend(by: count, with: 0) {
        $0.pointee = convert(Bits(bigEndian: load(base, $1, Bits.self)))
      }
    }
  }

  private mutating func appendIntegers<Integer: FixedWidthInteger>(
    _ base: UnsafeRawPointer, _ count: Int, _: Integer.Type
  ) {
    if isLittleEndian {
      integers.extend(by: count, with: 0) {
        $0.pointee = Int64(truncatingIfNeeded: Integer(littleEndian: load(base, $1, Integer.self)))
      }
    } else {
      integers.extend(by: count, with: 0) {
        $0.pointee = Int64(truncatingIfNeeded: Integer(bigEndian: load(base, $1, Integer.self)))
      }
    }
  }

  /// Unsigned 64-bit numbers that Int64 can't hold are refused, never wrapped.
  private mutating func appendWideIntegers(_ base: UnsafeRawPointer, _ count: Int) throws {
    let start = integers.count
    appendIntegers(base, count, UInt64.self)
    if let index = integers[start...].firstIndex(where: { $0 < 0 }) {
      let value = UInt64(bitPattern: integers[index])
      throw FileProblem("holds \(value), above the largest integer \(Int64.max)")
    }
  }
}

@inline(__always)
private func load<Integer: FixedWidthInteger>(
  _ base: UnsafeRawPointer, _ index: Int, _: Integer.Type
) -> Integer {
  let offset = index &* MemoryLayout<Integer>.size
  return base.loadUnaligned(fromByteOffset: offset, as: Integer.self)
}

extension Array {
  /// Appends `count` elements, each made by `store` at its place from its index.
  @inline(__always)
  fileprivate mutating func extend(
    by count: Int, with filler: Element, _ store: (UnsafeMutablePointer<Element>, Int) -> Void
  ) {
    let start = self.count
    append(contentsOf: repeatElement(filler, count: count))
    withUnsafeMutableBufferPointer { buffer in
      guard let target = buffer.baseAddress.map({ $0 + start }) else { return }
      for index in 0..<count { store(target + index, index) }
    }
  }
}
